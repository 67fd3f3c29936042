package org.isthmus.console.text;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.api.config.ValueTypes;

/**
 * Writes a value as one JSON document. A record becomes an object with the names of its components as keys, so the
 * status records of the API are documented and written from one place. Times are ISO 8601, enum constants the words
 * of the configuration file, and what is not known is {@code null}. Only ASCII is written, so no terminal's or
 * pipe's character set can spoil it.
 */
public final class Json {
    private final PrintStream out;

    private Json(PrintStream out) {
        this.out = out;
    }

    public static void print(Object value, PrintStream out) {
        PrintStream buffered = new PrintStream(new BufferedOutputStream(out), false, StandardCharsets.US_ASCII);
        new Json(buffered).write(value, "\n");
        buffered.print('\n');
        buffered.flush();
    }

    private void write(Object value, String lineBreak) {
        if (value == null || Cause.NONE.equals(value)) {
            out.print("null");
        } else if (value instanceof Optional<?> optional) {
            write(optional.orElse(null), lineBreak);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.print(value);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, lineBreak);
        } else if (value instanceof Iterable<?> elements) {
            writeArray(elements, lineBreak);
        } else if (value instanceof Record structure) {
            writeRecord(structure, lineBreak);
        } else {
            writeText(text(value));
        }
    }

    private static String text(Object value) {
        if (value instanceof Enum<?> constant) {
            return ValueTypes.word(constant);
        }
        if (value instanceof InetSocketAddress endpoint) {
            return Format.endpoint(endpoint);
        }
        return value instanceof InetAddress address ? Format.address(address) : value.toString();
    }

    private void writeArray(Iterable<?> elements, String lineBreak) {
        String separator = "";
        out.print('[');
        for (Object element : elements) {
            out.print(separator + lineBreak + "  ");
            write(element, lineBreak + "  ");
            separator = ",";
        }
        out.print(separator.isEmpty() ? "]" : lineBreak + "]");
    }

    private void writeMap(Map<?, ?> map, String lineBreak) {
        String separator = "";
        out.print('{');
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            writeKey(separator, text(entry.getKey()), lineBreak);
            write(entry.getValue(), lineBreak + "  ");
            separator = ",";
        }
        out.print(separator.isEmpty() ? "}" : lineBreak + "}");
    }

    private void writeRecord(Record structure, String lineBreak) {
        String separator = "";
        out.print('{');
        for (RecordComponent component : structure.getClass().getRecordComponents()) {
            writeKey(separator, component.getName(), lineBreak);
            try {
                write(unsigned(component.getName(), component.getAccessor().invoke(structure)), lineBreak + "  ");
            } catch (ReflectiveOperationException notPublic) {
                throw new IllegalArgumentException(structure.getClass() + " cannot be read", notPublic);
            }
            separator = ",";
        }
        out.print(separator.isEmpty() ? "}" : lineBreak + "}");
    }

    /** Identifiers of L2TPv3 are unsigned numbers of 32 bits. */
    private static Object unsigned(String name, Object value) {
        return value instanceof Integer id && name.endsWith("Id") ? (Object) Integer.toUnsignedLong(id) : value;
    }

    private void writeKey(String separator, String key, String lineBreak) {
        out.print(separator + lineBreak + "  ");
        writeText(key);
        out.print(": ");
    }

    private void writeText(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        out.print(quoted.append('"'));
    }
}
