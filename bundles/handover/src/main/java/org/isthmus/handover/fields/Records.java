package org.isthmus.handover.fields;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes Java records as fields, and reads them. The first component of a record is field 1, the second is field 2, and so on; what
 * a component may be, and how it is written, stands in {@link Values}. So that older and newer versions understand each other, the
 * components of a record that is kept are never taken away, moved or given another meaning: new ones are added behind the last.
 * One that is missing is 0, false, empty or absent; only a record or a constant that is missing makes the whole unreadable.
 *
 * <p>Keeps no class beyond a call, so that none of a bundle that was replaced stays alive.
 */
public final class Records {
    /** Deeper than any honest record lies within another. */
    private static final int MOST_DEPTH = 64;

    private final Map<Class<?>, Shape> shapes = new HashMap<>();
    private final Values values = new Values(this);
    private int depth;

    /** How a type of record is taken apart and put together. */
    private record Shape(RecordComponent[] components, Constructor<?> constructor) {
    }

    private Records() {
    }

    /**
     * Writes a record.
     *
     * @throws IllegalArgumentException if a component is of a type that cannot be written: a mistake in the program
     */
    public static byte[] write(Record value) {
        return new Records().fields(value).toBytes();
    }

    /**
     * Reads all octets as a record of this type.
     *
     * @throws UnreadableException if they are none
     */
    public static <R extends Record> R read(Class<R> type, ByteBuffer octets) throws UnreadableException {
        return type.cast(new Records().record(type, octets));
    }

    FieldWriter fields(Record value) {
        FieldWriter out = new FieldWriter();
        int field = 0;
        for (RecordComponent component : shape(value.getClass()).components()) {
            try {
                values.write(out, ++field, component.getGenericType(), component.getAccessor().invoke(value));
            } catch (ReflectiveOperationException hidden) {
                throw new IllegalArgumentException(component + " cannot be read", hidden);
            }
        }
        return out;
    }

    Record record(Class<?> type, ByteBuffer octets) throws UnreadableException {
        if (++depth > MOST_DEPTH) {
            throw new UnreadableException("records lie within each other without an end");
        }
        Fields in = Fields.read(octets);
        Shape shape = shape(type);
        Object[] arguments = new Object[shape.components().length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = values.read(in, i + 1, shape.components()[i].getGenericType());
        }
        depth--;
        try {
            return (Record) shape.constructor().newInstance(arguments);
        } catch (InvocationTargetException refused) {
            throw new UnreadableException(type.getSimpleName() + ": " + refused.getCause());
        } catch (ReflectiveOperationException hidden) {
            throw new IllegalArgumentException(type + " cannot be made", hidden);
        }
    }

    private Shape shape(Class<?> type) {
        return shapes.computeIfAbsent(type, asked -> {
            RecordComponent[] components = asked.getRecordComponents();
            Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                Constructor<?> constructor = asked.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                Arrays.stream(components).forEach(component -> component.getAccessor().setAccessible(true));
                return new Shape(components, constructor);
            } catch (NoSuchMethodException impossible) {
                throw new IllegalArgumentException(asked + " is no record", impossible);
            }
        });
    }
}
