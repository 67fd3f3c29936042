package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;

/** Makes datagrams that mean no good: noise, AVPs without sense, and right messages with something wrong in them. */
final class HostileTraffic {

    static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);
    private static final int MAX_BYTES = 2_000;

    private final SplittableRandom random;
    private final List<byte[]> messages = new ArrayList<>();
    private final ByteBuffer datagram = ByteBuffer.allocate(MAX_BYTES);

    HostileTraffic(long seed) {
        random = new SplittableRandom(seed);
        for (MessageType type : MessageType.values()) {
            messages.add(fullMessage(type, false));
            messages.add(fullMessage(type, true));
        }
    }

    /** A message of this type with every attribute there is, those of access lines only in ICRQ, hidden where that may be. */
    private static byte[] fullMessage(MessageType type, boolean hidden) {
        MessageWriter writer = new MessageWriter(type, 1, 2);
        if (hidden) {
            writer.hiding(SECRET, new Random(1));
        }
        for (AvpType avp : AvpType.values()) {
            boolean fits = avp.ofAccessLine() ? type == MessageType.ICRQ : type != MessageType.ZLB;
            if (fits && avp != AvpType.MESSAGE_TYPE) {
                writer.octets(avp, new byte[avp.name().endsWith("ID") || avp.name().contains("VERSION") ? 2 : 4]);
            }
        }
        return writer.toBytes();
    }

    /** The next datagram; overwritten by the one after it. */
    ByteBuffer next() {
        datagram.clear();
        switch (random.nextInt(4)) {
            case 0 -> noise(random.nextInt(80));
            case 1 -> nonsense();
            default -> mutated();
        }
        return datagram.flip();
    }

    private void noise(int octets) {
        for (int i = 0; i < octets; i++) {
            datagram.put((byte) random.nextInt());
        }
    }

    /** A right header, then AVPs whose headers are right and whose values are noise. */
    private void nonsense() {
        datagram.putShort((short) 0xc802).putShort((short) 0).putLong(random.nextLong());
        datagram.putInt(0x80080000).putShort((short) 0).putShort((short) random.nextInt(32));
        for (int i = random.nextInt(8); i > 0; i--) {
            int length = random.nextInt(30);
            datagram.putShort((short) ((random.nextInt() & 0xc000) + 6 + length));
            datagram.putShort((short) (random.nextInt(8) == 0 ? random.nextInt() : 0));
            datagram.putShort((short) random.nextInt(100));
            noise(length);
        }
        datagram.putShort(2, (short) datagram.position());
    }

    private void mutated() {
        datagram.put(messages.get(random.nextInt(messages.size())));
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(datagram.position());
            switch (random.nextInt(4)) {
                case 0 -> datagram.put(at, (byte) (datagram.get(at) ^ 1 << random.nextInt(8)));
                case 1 -> datagram.put(at, (byte) random.nextInt());
                case 2 -> datagram.position(Math.max(1, at));
                default -> noise(random.nextInt(20));
            }
        }
        if (random.nextBoolean() && datagram.position() >= 12) {
            datagram.putShort(2, (short) datagram.position());
        }
    }

    /** Puts these into the header, if there is one. */
    void address(int tunnelId, int sessionId, int ns, int nr) {
        if (datagram.limit() >= 12) {
            datagram.putShort(4, (short) tunnelId).putShort(6, (short) sessionId);
            datagram.putShort(8, (short) ns).putShort(10, (short) nr);
        }
    }

    int pick(int bound) {
        return random.nextInt(bound);
    }
}
