package org.isthmus.protocol.trace;

import java.util.HexFormat;
import org.isthmus.protocol.wire.Text;

/** A message or the value of an AVP, where it lies. Reads beyond its end give 0 and no text. */
record Field(byte[] bytes, int offset, int length) {

    /** Octets that are shown of a value in hexadecimal digits. */
    private static final int MOST_SHOWN = 64;

    /** A part of it, which the caller knows to be there. */
    Field part(int at, int octets) {
        return new Field(bytes, offset + at, octets);
    }

    /** An unsigned number of up to 8 octets in network order. */
    long number(int at, int octets) {
        long number = 0;
        for (int i = at; i < at + octets; i++) {
            number = number << 8 | (i < length ? bytes[offset + i] & 0xff : 0);
        }
        return number;
    }

    int integer(int at, int octets) {
        return (int) number(at, octets);
    }

    /** What follows as text that is safe to show. */
    String text(int at) {
        return at >= length ? "" : Text.of(bytes, offset + at, length - at);
    }

    String hex() {
        int shown = Math.min(length, MOST_SHOWN);
        return HexFormat.of().formatHex(bytes, offset, offset + shown)
                + (shown < length ? "... (" + Header.octets(length) + ")" : "");
    }
}
