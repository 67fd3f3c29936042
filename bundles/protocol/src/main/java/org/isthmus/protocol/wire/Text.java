package org.isthmus.protocol.wire;

import java.nio.charset.StandardCharsets;

/** Text that a peer sent, made safe for logs, tables, scripts and files. */
final class Text {

    private Text() {
    }

    /** UTF-8, with trailing zeros cut off, and what is no printable character replaced by a question mark. */
    static String of(byte[] source, int offset, int length) {
        int end = offset + length;
        while (end > offset && source[end - 1] == 0) {
            end--;
        }
        String raw = new String(source, offset, end - offset, StandardCharsets.UTF_8);
        StringBuilder safe = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> safe.appendCodePoint(isPrintable(c) ? c : '?'));
        return safe.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
