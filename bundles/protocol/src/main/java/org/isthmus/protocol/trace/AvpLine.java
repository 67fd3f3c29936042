package org.isthmus.protocol.trace;

import java.util.ArrayList;
import java.util.List;
import org.isthmus.protocol.wire.Avp;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ControlMessage;

/**
 * One AVP in words.
 *
 * @param mandatory the M bit
 * @param hidden    the H bit
 * @param name      the name that the RFC gives it, or its numbers
 * @param value     in words
 * @param telling   whether it belongs into a summary
 */
record AvpLine(boolean mandatory, boolean hidden, String name, String value, boolean telling) {

    private static final int M = 0x8000;
    private static final int H = 0x4000;
    private static final int LENGTH = 0x03ff;

    /** All that can be read; a last line says where the message breaks off, if it does. */
    static List<AvpLine> readAll(Field message, Header header) {
        List<AvpLine> lines = new ArrayList<>();
        int at = header.avps();
        while (at < header.end()) {
            int left = header.end() - at;
            int length = left < Avp.HEADER_BYTES ? 0 : message.integer(at, 2) & LENGTH;
            if (length < Avp.HEADER_BYTES || length > left) {
                lines.add(broken("an AVP of " + Header.octets(length) + " with " + Header.octets(left) + " left"));
                break;
            }
            if (lines.size() == ControlMessage.MAX_AVPS) {
                lines.add(broken("more than " + ControlMessage.MAX_AVPS + " AVPs"));
                break;
            }
            lines.add(read(message, at, length, header));
            at += length;
        }
        return lines;
    }

    private static AvpLine broken(String why) {
        return new AvpLine(false, false, "malformed", why, true);
    }

    private static AvpLine read(Field message, int at, int length, Header header) {
        int flags = message.integer(at, 2);
        int vendor = message.integer(at + 2, 2);
        int attribute = message.integer(at + 4, 2);
        Field value = message.part(at + Avp.HEADER_BYTES, length - Avp.HEADER_BYTES);
        AvpType type = AvpType.of(vendor, attribute);
        boolean hidden = (flags & H) != 0;
        String name = type != null ? type.title()
                : (vendor == 0 ? "" : "Vendor " + vendor + " ") + "Attribute " + attribute;
        String words;
        if (hidden) {
            words = "hidden, " + Header.octets(value.length());
        } else if (type == null) {
            words = Header.octets(value.length());
        } else if (!type.fits(value.length())) {
            words = "malformed: " + Header.octets(value.length());
        } else {
            words = Values.words(type, value, header);
        }
        return new AvpLine((flags & M) != 0, hidden, name, words, type != null && !hidden && Values.isTelling(type));
    }

    String inSummary() {
        return value.isEmpty() ? name : name + " " + value;
    }

    @Override
    public String toString() {
        String line = String.format("    %c%c %-26s %s", mandatory ? 'M' : ' ', hidden ? 'H' : ' ', name, value);
        return line.stripTrailing();
    }
}
