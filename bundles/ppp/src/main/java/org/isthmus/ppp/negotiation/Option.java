package org.isthmus.ppp.negotiation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A configuration option, RFC 1661 section 6: type (1 octet), length (1, of all three parts), value.
 *
 * @param type 0 to 255
 * @param value 0 to 253 octets
 */
public record Option(int type, byte[] value) {
    /** The most options that a packet may carry; real ones carry about ten. */
    public static final int MAX_OPTIONS = 64;

    /** An option with a value of so many octets, taken from the lower end of a number. */
    public static Option of(int type, int octets, long value) {
        byte[] bytes = new byte[octets];
        for (int i = octets - 1; i >= 0; i--) {
            bytes[i] = (byte) value;
            value >>>= 8;
        }
        return new Option(type, bytes);
    }

    /** The value as an unsigned number of up to 8 octets. */
    public long number() {
        long number = 0;
        for (byte b : value) {
            number = number << 8 | b & 0xff;
        }
        return number;
    }

    /** Whether the value has this many octets. */
    public boolean has(int octets) {
        return value.length == octets;
    }

    /** Reads a list of options; empty if a length does not fit or there are more than {@value #MAX_OPTIONS}. */
    public static Optional<List<Option>> parse(ByteBuffer data) {
        List<Option> options = new ArrayList<>();
        int at = data.position();
        int end = data.limit();
        while (at < end) {
            if (end - at < 2 || options.size() == MAX_OPTIONS) {
                return Optional.empty();
            }
            int length = data.get(at + 1) & 0xff;
            if (length < 2 || length > end - at) {
                return Optional.empty();
            }
            byte[] value = new byte[length - 2];
            data.get(at + 2, value);
            options.add(new Option(data.get(at) & 0xff, value));
            at += length;
        }
        return Optional.of(options);
    }

    /** The octets of a list of options. */
    public static byte[] encode(List<Option> options) {
        int length = 0;
        for (Option option : options) {
            length += 2 + option.value.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (Option option : options) {
            bytes.put((byte) option.type).put((byte) (2 + option.value.length)).put(option.value);
        }
        return bytes.array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Option that && type == that.type && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "Option[" + type + ", " + value.length + " octets]";
    }
}
