package org.isthmus.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a text file whole, up to a limit: 64 MiB, or an eighth of the heap where that is less. */
final class TextFile {
    private static final int MAX_MIB = 64;
    private static final int HEAP_SHARE = 8; // what a file says takes about six times its size
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {
    }

    /**
     * The text; bytes that are not UTF-8 become U+FFFD.
     *
     * @throws IOException with a message for an operator
     */
    static String read(Path file) throws IOException {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new IOException("is not an ordinary file"); // a pipe would keep us waiting for ever
            }
            try (InputStream in = Files.newInputStream(file)) {
                int limit = maxBytes();
                byte[] bytes = in.readNBytes(limit + 1);
                if (bytes.length > limit) {
                    throw new IOException("is larger than the " + (limit >> 20) + " MiB that are read: the limit is "
                            + MAX_MIB + " MiB, and an eighth of the heap (-Xmx)");
                }
                String text = new String(bytes, StandardCharsets.UTF_8);
                return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
            }
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no such file", missing);
        } catch (AccessDeniedException denied) {
            throw new IOException("cannot be read by this process: check its owner and mode", denied);
        }
    }

    private static int maxBytes() {
        return (int) Math.min((long) MAX_MIB << 20, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }
}
