package org.isthmus.handover.fields;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes a record: fields in any order, each a number (2 octets), a length (4 octets) and a value, all in network order. A value
 * may be a record itself. A field that has nothing to say is left out; one that is there several times is a list.
 * {@link Fields} reads it. For use by one thread.
 */
public final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Octets as they are, those of a record or an address among them. */
    public FieldWriter octets(int field, byte[] value) {
        out.writeBytes(ByteBuffer.allocate(6).putShort((short) field).putInt(value.length).array());
        out.writeBytes(value);
        return this;
    }

    /** A whole number, always in 8 octets: an int may become a long. */
    public FieldWriter number(int field, long value) {
        return octets(field, ByteBuffer.allocate(8).putLong(value).array());
    }

    /** A number that is 1 for true. */
    public FieldWriter flag(int field, boolean value) {
        return number(field, value ? 1 : 0);
    }

    /** In UTF-8. */
    public FieldWriter text(int field, String value) {
        return octets(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** By its name, so that constants can be added and moved. */
    public FieldWriter constant(int field, Enum<?> value) {
        return text(field, value.name());
    }

    /** A record in the record; nothing may be written to it any more. */
    public FieldWriter record(int field, FieldWriter value) {
        return octets(field, value.toBytes());
    }

    /** All that was written. */
    public byte[] toBytes() {
        return out.toByteArray();
    }
}
