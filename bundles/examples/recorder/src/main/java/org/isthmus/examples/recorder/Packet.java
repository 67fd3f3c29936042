package org.isthmus.examples.recorder;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;

/** A packet with headers of IP and UDP in front of it, as it may have been on the wire. Checksums of UDP are left out. */
final class Packet {
    private static final int UDP = 17;
    private static final int L2TP = 115;
    private static final int UDP_BYTES = 8;
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int HOP_LIMIT = 64;

    private final Instant at = Instant.now();
    private final byte[] bytes;

    /**
     * Copies it, since the buffer is somebody else's.
     *
     * @param source      where it comes from
     * @param destination where it goes to
     * @param overUdp     whether it is a UDP datagram; else it is one of IP protocol 115
     * @param l2tp        header and payload, from position to limit, which are left as they are
     */
    Packet(InetSocketAddress source, InetSocketAddress destination, boolean overUdp, ByteBuffer l2tp) {
        int addressBytes = (source.getAddress().isAnyLocalAddress() ? destination : source).getAddress().getAddress().length;
        int body = l2tp.remaining() + (overUdp ? UDP_BYTES : 0);
        int protocol = overUdp ? UDP : L2TP;
        ByteBuffer out = ByteBuffer.allocate((addressBytes == 4 ? IPV4_BYTES : IPV6_BYTES) + body);
        if (addressBytes == 4) {
            out.putShort((short) 0x4500).putShort((short) out.capacity()).putInt(0).put((byte) HOP_LIMIT).put((byte) protocol)
                    .putShort((short) 0);
        } else {
            out.putInt(0x6000_0000).putShort((short) body).put((byte) protocol).put((byte) HOP_LIMIT);
        }
        out.put(address(source.getAddress(), addressBytes)).put(address(destination.getAddress(), addressBytes));
        if (overUdp) {
            out.putShort((short) source.getPort()).putShort((short) destination.getPort()).putShort((short) body).putShort((short) 0);
        }
        bytes = out.put(l2tp.duplicate()).array();
        if (addressBytes == 4) {
            ByteBuffer.wrap(bytes).putShort(10, (short) ~sum(IPV4_BYTES));
        }
    }

    /** One that the system chose for us is not known. */
    private static byte[] address(InetAddress address, int length) {
        byte[] own = address.getAddress();
        return own.length == length ? own : new byte[length];
    }

    private int sum(int length) {
        int sum = 0;
        for (int i = 0; i < length; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
        }
        return (sum & 0xffff) + (sum >>> 16);
    }

    Instant at() {
        return at;
    }

    /** IP header, what follows it, and the packet. Not to be changed. */
    byte[] bytes() {
        return bytes;
    }
}
