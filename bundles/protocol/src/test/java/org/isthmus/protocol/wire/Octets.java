package org.isthmus.protocol.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Octets for tests: from hexadecimal text, and from the vectors among the test resources. */
public final class Octets {

    private Octets() {
    }

    /** Hexadecimal, blanks ignored. */
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    /** A datagram to read. */
    public static ByteBuffer datagram(String hex) {
        return ByteBuffer.wrap(hex(hex));
    }

    /** A control message with this Tunnel ID and Session ID, Ns 0, Nr 0, and these AVPs. */
    public static ByteBuffer control(int tunnelId, int sessionId, String avps) {
        byte[] body = hex(avps);
        ByteBuffer message = ByteBuffer.allocate(12 + body.length);
        message.putShort((short) 0xc802).putShort((short) message.capacity());
        message.putShort((short) tunnelId).putShort((short) sessionId).putInt(0).put(body);
        return message.flip();
    }

    /** The lines of a file of vectors, split at tabs, comments left out. */
    public static List<String[]> vectors(String name) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                resource("vectors/" + name), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\t")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file among the test resources. */
    public static InputStream resource(String path) {
        return Octets.class.getResourceAsStream("/org/isthmus/protocol/" + path);
    }
}
