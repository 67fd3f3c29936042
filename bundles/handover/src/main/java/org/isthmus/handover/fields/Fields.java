package org.isthmus.handover.fields;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a record that {@link FieldWriter} wrote, this version's or another's: fields that nobody asks for are skipped,
 * those that are missing have the value that the asker names. What is not there but needed, or cannot be what it should be, is
 * an {@link UnreadableException}.
 */
public final class Fields {
    private final Map<Integer, List<ByteBuffer>> values = new HashMap<>();

    private Fields() {
    }

    /** Reads all octets; allocates no more than there are. */
    public static Fields read(ByteBuffer octets) throws UnreadableException {
        Fields fields = new Fields();
        ByteBuffer rest = octets.slice();
        while (rest.hasRemaining()) {
            if (rest.remaining() < 6) {
                throw new UnreadableException("a field breaks off");
            }
            int field = rest.getShort() & 0xffff;
            int length = rest.getInt();
            if (length < 0 || length > rest.remaining()) {
                throw new UnreadableException("field " + field + " breaks off");
            }
            fields.values.computeIfAbsent(field, any -> new ArrayList<>(1)).add(rest.slice(rest.position(), length));
            rest.position(rest.position() + length);
        }
        return fields;
    }

    /** Whether the record has a field of this number. */
    public boolean has(int field) {
        return values.containsKey(field);
    }

    /** Every value of a field, in their order. */
    public List<ByteBuffer> all(int field) {
        return values.getOrDefault(field, List.of());
    }

    /** The record in a field, or empty. */
    public Optional<Fields> record(int field) throws UnreadableException {
        return has(field) ? Optional.of(read(value(field))) : Optional.empty();
    }

    /** The record in a field that has to be there. */
    public Fields needed(int field) throws UnreadableException {
        return read(value(field));
    }

    /** A number, or the one that counts where there is none. */
    public long number(int field, long absent) throws UnreadableException {
        return has(field) ? number(field) : absent;
    }

    /** A number that has to be there. */
    public long number(int field) throws UnreadableException {
        ByteBuffer value = value(field);
        if (value.remaining() != 8) {
            throw new UnreadableException("field " + field + " is no number");
        }
        return value.getLong(0);
    }

    /** A number that was written from an int. */
    public int integer(int field, int absent) throws UnreadableException {
        return (int) number(field, absent);
    }

    /** False where there is none. */
    public boolean flag(int field) throws UnreadableException {
        return number(field, 0) != 0;
    }

    /** Empty where there is none. */
    public String text(int field) {
        return has(field) ? text(all(field).get(0)) : "";
    }

    /** A value of {@link #all} as text. */
    public static String text(ByteBuffer value) {
        return StandardCharsets.UTF_8.decode(value.duplicate()).toString();
    }

    /** Empty where there are none. */
    public byte[] octets(int field) {
        return has(field) ? octets(all(field).get(0)) : new byte[0];
    }

    /** A value of {@link #all} as it is. */
    public static byte[] octets(ByteBuffer value) {
        byte[] octets = new byte[value.remaining()];
        value.get(value.position(), octets);
        return octets;
    }

    /** A constant by its name, which has to be there and to be known to this version. */
    public <E extends Enum<E>> E constant(int field, Class<E> type) throws UnreadableException {
        return constant(text(field), type);
    }

    /** The constant of this name. */
    public static <E extends Enum<E>> E constant(String name, Class<E> type) throws UnreadableException {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new UnreadableException("no " + type.getSimpleName() + " is called " + name);
    }

    private ByteBuffer value(int field) throws UnreadableException {
        if (!has(field)) {
            throw new UnreadableException("field " + field + " is missing");
        }
        return all(field).get(0);
    }
}
