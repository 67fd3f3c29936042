package org.isthmus.handover.fields;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a component of a record may be, and its octets:
 *
 * <pre>
 * boolean, int, long       8 octets, a signed number; left out when 0
 * String                   UTF-8; left out when empty
 * byte[]                   as it is; left out when empty
 * an enum                  its name
 * InetAddress              4 or 16 octets
 * InetSocketAddress        the address, then the port in 2 octets
 * Instant, Duration        8 octets, nanoseconds: since 1970-01-01T00:00Z, or so long
 * a record                 its fields
 * a sealed interface       a record: field 1 the simple name of the record that it is, field 2 that record
 * Optional...              left out when empty
 * List, Set, Collection    the field as often as there are elements, in their order
 * Map                      the same, each entry a record: field 1 the key, field 2 the value
 * </pre>
 */
final class Values {
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final long NANOS = 1_000_000_000L;

    private final Records records;

    Values(Records records) {
        this.records = records;
    }

    // ---- writing

    void write(FieldWriter out, int field, Type type, Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> out.octets(field, octets(argument(type, 0), present)));
        } else if (value instanceof OptionalInt optional) {
            optional.ifPresent(present -> out.number(field, present));
        } else if (value instanceof OptionalLong optional) {
            optional.ifPresent(present -> out.number(field, present));
        } else if (value instanceof Collection<?> all) {
            all.forEach(element -> out.octets(field, octets(argument(type, 0), element)));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> out.record(field, new FieldWriter().octets(KEY, octets(argument(type, 0), key))
                    .octets(VALUE, octets(argument(type, 1), entry))));
        } else if (!saysNothing(value)) {
            out.octets(field, octets(type, value));
        }
    }

    private static boolean saysNothing(Object value) {
        return value instanceof Number number && number.longValue() == 0 || Boolean.FALSE.equals(value)
                || value instanceof String text && text.isEmpty() || value instanceof byte[] octets && octets.length == 0;
    }

    private byte[] octets(Type type, Object value) {
        if (value instanceof Number number) {
            return number(number.longValue());
        } else if (value instanceof Boolean flag) {
            return number(flag ? 1 : 0);
        } else if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        } else if (value instanceof byte[] octets) {
            return octets;
        } else if (value instanceof Enum<?> constant) {
            return constant.name().getBytes(StandardCharsets.UTF_8);
        } else if (value instanceof InetAddress address) {
            return address.getAddress();
        } else if (value instanceof InetSocketAddress socket) {
            byte[] address = socket.getAddress().getAddress();
            return ByteBuffer.allocate(address.length + 2).put(address).putShort((short) socket.getPort()).array();
        } else if (value instanceof Instant instant) {
            return number(Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano()));
        } else if (value instanceof Duration duration) {
            return number(duration.toNanos());
        } else if (value instanceof Record record) {
            return type instanceof Class<?> raw && raw.isRecord() ? records.fields(record).toBytes()
                    : new FieldWriter().text(KEY, record.getClass().getSimpleName()).record(VALUE, records.fields(record)).toBytes();
        }
        throw new IllegalArgumentException("a value of " + (value == null ? null : value.getClass()) + " cannot be written");
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    // ---- reading

    Object read(Fields in, int field, Type type) throws UnreadableException {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return in.has(field) ? Optional.of(value(argument(type, 0), in.all(field).get(0))) : Optional.empty();
        } else if (raw == OptionalInt.class) {
            return in.has(field) ? OptionalInt.of((int) in.number(field)) : OptionalInt.empty();
        } else if (raw == OptionalLong.class) {
            return in.has(field) ? OptionalLong.of(in.number(field)) : OptionalLong.empty();
        } else if (raw == Map.class) {
            return map(in, field, type);
        } else if (Collection.class.isAssignableFrom(raw)) {
            Collection<Object> all = raw == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
            for (ByteBuffer element : in.all(field)) {
                all.add(value(argument(type, 0), element));
            }
            return all;
        } else if (in.has(field)) {
            return value(type, in.all(field).get(0));
        }
        return nothing(raw, field);
    }

    private Map<Object, Object> map(Fields in, int field, Type type) throws UnreadableException {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (ByteBuffer octets : in.all(field)) {
            Fields entry = Fields.read(octets);
            if (!entry.has(KEY) || !entry.has(VALUE)) {
                throw new UnreadableException("an entry of a map lacks key or value");
            }
            map.put(value(argument(type, 0), entry.all(KEY).get(0)), value(argument(type, 1), entry.all(VALUE).get(0)));
        }
        return map;
    }

    private static Object nothing(Class<?> raw, int field) throws UnreadableException {
        if (raw == boolean.class) {
            return false;
        } else if (raw == int.class) {
            return 0;
        } else if (raw == long.class) {
            return 0L;
        } else if (raw == String.class) {
            return "";
        } else if (raw == byte[].class) {
            return new byte[0];
        }
        throw new UnreadableException("field " + field + ", a " + raw.getSimpleName() + ", is missing");
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the class says that it is an enum
    private Object value(Type type, ByteBuffer octets) throws UnreadableException {
        Class<?> raw = raw(type);
        if (raw == int.class || raw == Integer.class) {
            return (int) number(octets);
        } else if (raw == long.class || raw == Long.class) {
            return number(octets);
        } else if (raw == boolean.class || raw == Boolean.class) {
            return number(octets) != 0;
        } else if (raw == String.class) {
            return Fields.text(octets);
        } else if (raw == byte[].class) {
            return Fields.octets(octets);
        } else if (raw.isEnum()) {
            return Fields.constant(Fields.text(octets), (Class<? extends Enum>) raw);
        } else if (InetAddress.class.isAssignableFrom(raw)) {
            return kind(raw, address(Fields.octets(octets)));
        } else if (raw == InetSocketAddress.class) {
            return socketAddress(octets);
        } else if (raw == Instant.class) {
            long nanos = number(octets);
            return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
        } else if (raw == Duration.class) {
            return Duration.ofNanos(number(octets));
        } else if (raw.isRecord()) {
            return records.record(raw, octets);
        } else if (raw.isSealed()) {
            return oneOf(raw, Fields.read(octets));
        }
        throw new IllegalArgumentException("a component of " + type + " cannot be read");
    }

    private Object oneOf(Class<?> sealed, Fields in) throws UnreadableException {
        String name = in.text(KEY);
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.getSimpleName().equals(name) && in.has(VALUE)) {
                return records.record(permitted, in.all(VALUE).get(0));
            }
        }
        throw new UnreadableException("no " + sealed.getSimpleName() + " is called " + name);
    }

    private static long number(ByteBuffer octets) throws UnreadableException {
        if (octets.remaining() != Long.BYTES) {
            throw new UnreadableException("a number of " + octets.remaining() + " octets");
        }
        return octets.getLong(octets.position());
    }

    private static InetAddress address(byte[] octets) throws UnreadableException {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException malformed) {
            throw new UnreadableException("an address of " + octets.length + " octets");
        }
    }

    private static Object kind(Class<?> wanted, InetAddress address) throws UnreadableException {
        if (!wanted.isInstance(address)) {
            throw new UnreadableException(address + " is no " + wanted.getSimpleName());
        }
        return address;
    }

    private static InetSocketAddress socketAddress(ByteBuffer octets) throws UnreadableException {
        byte[] all = Fields.octets(octets);
        if (all.length < 2) {
            throw new UnreadableException("an address of " + all.length + " octets");
        }
        int port = (all[all.length - 2] & 0xff) << 8 | all[all.length - 1] & 0xff;
        return new InetSocketAddress(address(Arrays.copyOf(all, all.length - 2)), port);
    }

    // ---- types

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized ? (Class<?>) parameterized.getRawType() : (Class<?>) type;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
