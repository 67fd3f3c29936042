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

    public boolean has(int field) {
        return values.containsKey(field);
    }

    /** Every value of a field, in their order. */
    public List<ByteBuffer> all(int field) {
        return values.getOrDefault(field, List.of());
    }

    public Optional<Fields> record(int field) throws UnreadableException {
        return has(field) ? Optional.of(read(value(field))) : Optional.empty();
    }

    public Fields needed(int field) throws UnreadableException {
        return read(value(field));
    }

    public long number(int field, long absent) throws UnreadableException {
        return has(field) ? number(field) : absent;
    }

    public long number(int field) throws UnreadableException {
        ByteBuffer value = value(field);
        if (value.remaining() != 8) {
            throw new UnreadableException("field " + field + " is no number");
        }
        return value.getLong(0);
    }

    public int integer(int field, int absent) throws UnreadableException {
        return (int) number(field, absent);
    }

    public boolean flag(int field) throws UnreadableException {
        return number(field, 0) != 0;
    }

    public String text(int field) {
        return has(field) ? text(all(field).get(0)) : "";
    }

    public static String text(ByteBuffer value) {
        return StandardCharsets.UTF_8.decode(value.duplicate()).toString();
    }

    public byte[] octets(int field) {
        return has(field) ? octets(all(field).get(0)) : new byte[0];
    }

    public static byte[] octets(ByteBuffer value) {
        byte[] octets = new byte[value.remaining()];
        value.get(value.position(), octets);
        return octets;
    }

    public <E extends Enum<E>> E constant(int field, Class<E> type) throws UnreadableException {
        return constant(text(field), type);
    }

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
