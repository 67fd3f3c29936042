package org.isthmus.ppp.handshake;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.isthmus.ppp.negotiation.ControlPacket;

/**
 * The data of a CHAP Challenge or Response, RFC 1994 section 4.1: length of the value (1 octet), value, name (the
 * rest).
 *
 * @param value 1 to 255 octets
 * @param name 0 to 255 octets
 */
record ChapValue(byte[] value, byte[] name) {
    private static final int MAX_NAME = 255;

    /** Reads the data; empty if it is malformed. */
    static Optional<ChapValue> parse(ControlPacket packet) {
        ByteBuffer data = packet.data();
        if (!data.hasRemaining()) {
            return Optional.empty();
        }
        int length = data.get() & 0xff;
        if (length == 0 || length > data.remaining() || data.remaining() - length > MAX_NAME) {
            return Optional.empty();
        }
        byte[] value = new byte[length];
        data.get(value);
        byte[] name = new byte[data.remaining()];
        data.get(name);
        return Optional.of(new ChapValue(value, name));
    }

    byte[] encode() {
        return ByteBuffer.allocate(1 + value.length + name.length)
                .put((byte) value.length).put(value).put(name).array();
    }
}
