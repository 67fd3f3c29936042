package org.isthmus.protocol.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Puts IP and UDP headers in front of a datagram, as they may have been on the wire, with right checksums. */
final class IpPacket {

    private static final int UDP = 17;
    private static final int L2TP = 115;
    private static final int UDP_BYTES = 8;
    private static final int HOP_LIMIT = 64;
    private static final int MOST_PAYLOAD = 65_535 - 40 - UDP_BYTES;

    private IpPacket() {
    }

    static byte[] of(CapturedDatagram datagram) {
        int family = familyOf(datagram);
        byte[] source = address(datagram.source(), family);
        byte[] destination = address(datagram.destination(), family);
        int payload = Math.min(datagram.payload().remaining(), MOST_PAYLOAD);
        int body = payload + (datagram.overIp() ? 0 : UDP_BYTES);
        int protocol = datagram.overIp() ? L2TP : UDP;
        int header = source.length == 4 ? 20 : 40;
        ByteBuffer out = ByteBuffer.allocate(header + body);
        if (source.length == 4) {
            out.putShort((short) 0x4500).putShort((short) (header + body)).putInt(0)
                    .put((byte) HOP_LIMIT).put((byte) protocol).putShort((short) 0).put(source).put(destination);
            out.putShort(10, (short) ~fold(sum(out.array(), 0, header)));
        } else {
            out.putInt(0x6000_0000).putShort((short) body).put((byte) protocol).put((byte) HOP_LIMIT)
                    .put(source).put(destination);
        }
        if (!datagram.overIp()) {
            out.putShort((short) datagram.source().getPort()).putShort((short) datagram.destination().getPort())
                    .putShort((short) body).putShort((short) 0);
        }
        out.put(datagram.payload().slice(datagram.payload().position(), payload));
        if (!datagram.overIp()) {
            long pseudoHeader = sum(source, 0, source.length) + sum(destination, 0, destination.length) + UDP + body;
            int checksum = ~fold(pseudoHeader + sum(out.array(), header, body)) & 0xffff;
            out.putShort(header + 6, (short) (checksum == 0 ? 0xffff : checksum));
        }
        return out.array();
    }

    /** A wildcard, where the system chose our address, may be of the other family than the peer's. */
    private static int familyOf(CapturedDatagram datagram) {
        InetAddress source = datagram.source().getAddress();
        return (source.isAnyLocalAddress() ? datagram.destination().getAddress() : source).getAddress().length;
    }

    private static byte[] address(InetSocketAddress of, int family) {
        byte[] bytes = of.getAddress().getAddress();
        return bytes.length == family ? bytes : new byte[family];
    }

    private static long sum(byte[] bytes, int from, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (bytes[from + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        return sum;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }
}
