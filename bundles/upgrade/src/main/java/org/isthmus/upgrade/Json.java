package org.isthmus.upgrade;

import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Locale;

/**
 * Records, lists, texts and numbers as one JSON document, in ASCII, written as that of the commands in {@code console}. That bundle's own
 * is out of reach: it stands on the same floor, and an import of it would restart this bundle when it is replaced.
 */
final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {
    }

    static String of(Object value) {
        Json json = new Json();
        json.write(value, "\n");
        return json.out.toString();
    }

    private void write(Object value, String lineBreak) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Iterable<?> elements) {
            writeArray(elements.iterator(), lineBreak);
        } else if (value instanceof Record structure) {
            writeRecord(structure, lineBreak);
        } else if (value instanceof Enum<?> constant) {
            writeText(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        } else {
            writeText(value.toString());
        }
    }

    private void writeArray(Iterator<?> elements, String lineBreak) {
        out.append('[');
        while (elements.hasNext()) {
            out.append(lineBreak).append("  ");
            write(elements.next(), lineBreak + "  ");
            out.append(elements.hasNext() ? "," : lineBreak);
        }
        out.append(']');
    }

    private void writeRecord(Record structure, String lineBreak) {
        String separator = "{";
        for (RecordComponent component : structure.getClass().getRecordComponents()) {
            try {
                writeMember(separator, component.getName(), component.getAccessor().invoke(structure), lineBreak);
            } catch (ReflectiveOperationException notOurs) {
                throw new IllegalArgumentException(notOurs);
            }
            separator = ",";
        }
        out.append(lineBreak).append('}');
    }

    private void writeMember(String separator, String name, Object value, String lineBreak) {
        out.append(separator).append(lineBreak).append("  ");
        writeText(name);
        out.append(": ");
        write(value, lineBreak + "  ");
    }

    private void writeText(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
