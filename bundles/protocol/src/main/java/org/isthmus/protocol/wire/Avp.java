package org.isthmus.protocol.wire;

import java.util.Arrays;

/**
 * One AVP of a received message: a view of its value, deciphered when it was hidden (RFC 2661 section 4.1).
 *
 * <pre>
 * +-+-+-----+---------------------+----------------+--------------------+-----------------+
 * |M|H|rsvd | Length (10 bits)    | Vendor ID (2)  | Attribute Type (2) | value ...       |
 * +-+-+-----+---------------------+----------------+--------------------+-----------------+
 * </pre>
 */
public final class Avp {

    /** Octets before the value. */
    public static final int HEADER_BYTES = 6;
    /** The most that the 10 bits of Length can say, header included. */
    public static final int MAX_BYTES = 1023;

    static final int M = 0x8000;
    static final int H = 0x4000;
    static final int RESERVED = 0x3c00;
    static final int LENGTH_MASK = 0x03ff;

    private final int flags;
    private final int vendorId;
    private final int attribute;
    private final byte[] source;
    private final int offset;
    private final int length;

    Avp(int flags, int vendorId, int attribute, byte[] source, int offset, int length) {
        this.flags = flags;
        this.vendorId = vendorId;
        this.attribute = attribute;
        this.source = source;
        this.offset = offset;
        this.length = length;
    }

    /** The M bit as it came; for an attribute that is known it means nothing. */
    public boolean mandatory() {
        return (flags & M) != 0;
    }

    /** The H bit as it came. */
    public boolean hidden() {
        return (flags & H) != 0;
    }

    /** SMI enterprise code; 0 for the IETF. */
    public int vendorId() {
        return vendorId;
    }

    /** Attribute Type. */
    public int attribute() {
        return attribute;
    }

    /** Octets of the value. */
    public int length() {
        return length;
    }

    /** A copy of the value. */
    public byte[] bytes() {
        return Arrays.copyOfRange(source, offset, offset + length);
    }

    /** Reads up to 8 octets of the value as an unsigned number in network order; the caller knows they are there. */
    long number(int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | source[offset + at + i] & 0xff;
        }
        return value;
    }

    /** The value from an octet on as text that is safe to show: see {@link Text}. */
    String text(int at) {
        return at >= length ? "" : Text.of(source, offset + at, length - at);
    }

    /** Vendor, attribute and size; never the value, which may be a secret. */
    @Override
    public String toString() {
        return (vendorId == 0 ? "attribute " : "vendor " + vendorId + " attribute ") + attribute + " ("
                + length + " octets)";
    }
}
