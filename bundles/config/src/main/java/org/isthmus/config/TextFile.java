package org.isthmus.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a text file whole, up to a limit. */
final class TextFile {
    /** The largest file that is read: about half a million tunnels. */
    static final int MAX_BYTES = 64 << 20;

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
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new IOException("is larger than " + (MAX_BYTES >> 20) + " MiB");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no such file", missing);
        } catch (AccessDeniedException denied) {
            throw new IOException("cannot be read by this process: check its owner and mode", denied);
        }
    }
}
