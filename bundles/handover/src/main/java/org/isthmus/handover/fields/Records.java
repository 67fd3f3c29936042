package org.isthmus.handover.fields;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
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
 * <p>Nothing here keeps a class beyond a call, so that none of a bundle that was replaced stays alive; an object does, which is its caller's.
 */
public final class Records {
    /** Deeper than any honest record lies within another. */
    private static final int MOST_DEPTH = 64;

    private final Map<Class<?>, Shape> shapes = new HashMap<>();
    private final Values values = new Values(this);
    private int depth;

    /** How a type of record is taken apart and put together. */
    private record Shape(RecordComponent[] components, Type[] types, Method[] accessors, Constructor<?> constructor) {
    }

    /** For who writes the same kinds of records often: it remembers how they are taken apart. For one thread. */
    public Records() {
    }

    /** The same as {@link #write}. */
    public byte[] octets(Record value) {
        return fields(value).toBytes();
    }

    /**
     * Writes a record.
     *
     * @throws IllegalArgumentException if a component is of a type that cannot be written: a mistake in the program
     */
    public static byte[] write(Record value) {
        return new Records().octets(value);
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
        Shape shape = shape(value.getClass());
        for (int i = 0; i < shape.accessors().length; i++) {
            try {
                values.write(out, i + 1, shape.types()[i], shape.accessors()[i].invoke(value));
            } catch (ReflectiveOperationException hidden) {
                throw new IllegalArgumentException(shape.components()[i] + " cannot be read", hidden);
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
            arguments[i] = values.read(in, i + 1, shape.types()[i]);
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
                Method[] accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
                Arrays.stream(accessors).forEach(accessor -> accessor.setAccessible(true));
                return new Shape(components, Arrays.stream(components).map(RecordComponent::getGenericType).toArray(Type[]::new),
                        accessors, constructor);
            } catch (NoSuchMethodException impossible) {
                throw new IllegalArgumentException(asked + " is no record", impossible);
            }
        });
    }
}
