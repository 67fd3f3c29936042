package org.isthmus.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text on the wire: what a peer sent, made safe to show; what we send, cut to what fits. */
public final class Text {

    private Text() {
    }

    /** UTF-8, with trailing zeros cut off, and what is no printable character replaced by a question mark. */
    public static String of(byte[] source, int offset, int length) {
        int end = offset + length;
        while (end > offset && source[end - 1] == 0) {
            end--;
        }
        String raw = new String(source, offset, end - offset, StandardCharsets.UTF_8);
        StringBuilder safe = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> safe.appendCodePoint(isPrintable(c) ? c : '?'));
        return safe.toString();
    }

    /** The first characters of a text, as many as fit into so many octets of UTF-8; no half characters. */
    public static String prefix(String text, int octets) {
        CharBuffer characters = CharBuffer.wrap(text);
        StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE)
                .encode(characters, ByteBuffer.allocate(octets), true);
        return text.substring(0, characters.position());
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
