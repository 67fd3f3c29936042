package org.isthmus.dataplane.user;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Builds TCP packets over IPv4 and IPv6 with right checksums, and checks them. */
final class TcpSyn {

    private TcpSyn() {
    }

    /** A direct buffer with {@code room} bytes in front of the packet; the packet lies between position and limit. */
    static ByteBuffer packet(int version, int room, int flags, byte[] options, byte[] payload) {
        int ip = version == 4 ? 20 : 40;
        int optionBytes = options.length + 3 & ~3;
        int length = ip + 20 + optionBytes + payload.length;
        ByteBuffer out = ByteBuffer.allocateDirect(room + length + 20).order(ByteOrder.BIG_ENDIAN);
        if (version == 4) {
            out.put(room, (byte) 0x45).putShort(room + 2, (short) length).put(room + 8, (byte) 64).put(room + 9, (byte) 6)
                    .putInt(room + 12, 0x0a000001).putInt(room + 16, 0x0a000002);
            out.putShort(room + 10, (short) ~sum(out, room, room + 20, 0));
        } else {
            out.put(room, (byte) 0x60).putShort(room + 4, (short) (length - 40)).put(room + 6, (byte) 6).put(room + 7, (byte) 64)
                    .putLong(room + 8, 0xfd00L << 48).putLong(room + 16, 1).putLong(room + 24, 0xfd00L << 48).putLong(room + 32, 2);
        }
        int tcp = room + ip;
        out.putShort(tcp, (short) 1234).putShort(tcp + 2, (short) 80).putInt(tcp + 4, 0x12345678)
                .put(tcp + 12, (byte) ((20 + optionBytes) / 4 << 4)).put(tcp + 13, (byte) flags).putShort(tcp + 14, (short) 65_000);
        for (int i = 0; i < options.length; i++) {
            out.put(tcp + 20 + i, options[i]);
        }
        for (int i = 0; i < payload.length; i++) {
            out.put(tcp + 20 + optionBytes + i, payload[i]);
        }
        out.position(room).limit(room + length);
        out.putShort(tcp + 16, (short) ~sum(out, tcp, room + length, pseudo(out, version)));
        return out;
    }

    /** Whether the packet's TCP checksum is right. */
    static boolean isRight(ByteBuffer packet, int version) {
        int tcp = packet.position() + (version == 4 ? 20 : 40);
        return sum(packet, tcp, packet.limit(), pseudo(packet, version)) == 0xffff;
    }

    private static long pseudo(ByteBuffer packet, int version) {
        int at = packet.position();
        int ip = version == 4 ? 20 : 40;
        long sum = 6 + packet.remaining() - ip;
        for (int i = version == 4 ? 12 : 8; i < ip; i += 2) {
            sum += packet.getShort(at + i) & 0xffff;
        }
        return sum;
    }

    private static int sum(ByteBuffer data, int from, int to, long start) {
        long sum = start;
        for (int i = from; i < to; i += 2) {
            sum += (data.get(i) & 0xff) << 8 | (i + 1 < to ? data.get(i + 1) & 0xff : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) sum;
    }
}
