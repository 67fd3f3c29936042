package org.isthmus.dataplane.user;

import java.nio.ByteBuffer;

/**
 * Lowers the maximum segment size that a TCP SYN announces, so that the segments of both directions fit the session's MTU
 * without fragments. The TCP checksum is mended by the difference (RFC 1624).
 */
final class MssClamp {

    private static final int TCP = 6;
    private static final int TCP_HEADER = 20;
    private static final int TCP_OFFSET = 12;
    private static final int TCP_FLAGS = 13;
    private static final int TCP_CHECKSUM = 16;
    private static final int SYN = 0x02;
    private static final int OPTION_END = 0;
    private static final int OPTION_NOTHING = 1;
    private static final int OPTION_MSS = 2;
    private static final int OPTION_MSS_BYTES = 4;
    private static final int IPV6_HEADER = 40;
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int DESTINATION = 60;
    private static final int MAX_EXTENSIONS = 4;
    /** No peer is told less than this, whatever the MTU: RFC 879's smallest datagram less the headers. */
    private static final int SMALLEST_MSS = 48;

    private MssClamp() {
    }

    /**
     * @param at where the IP packet begins
     * @param end where it ends
     * @param mtu the session's, in bytes
     * @return whether the packet was changed
     */
    static boolean apply(ByteBuffer packet, int at, int end, int version, int mtu) {
        if (version == 4) {
            boolean laterFragment = (packet.getShort(at + 6) & 0x1fff) != 0;
            if (packet.get(at + 9) != TCP || laterFragment) {
                return false;
            }
            int header = (packet.get(at) & 0xf) << 2;
            return tcp(packet, at + header, end, Math.max(mtu - 40, SMALLEST_MSS));
        }
        int tcp = tcpOfInet6(packet, at, end);
        return tcp > 0 && tcp(packet, tcp, end, Math.max(mtu - 60, SMALLEST_MSS));
    }

    private static int tcpOfInet6(ByteBuffer packet, int at, int end) {
        int next = packet.get(at + 6) & 0xff;
        int header = at + IPV6_HEADER;
        for (int i = 0; i < MAX_EXTENSIONS && (next == HOP_BY_HOP || next == ROUTING || next == DESTINATION); i++) {
            if (end - header < 8) {
                return 0;
            }
            next = packet.get(header) & 0xff;
            header += 8 + ((packet.get(header + 1) & 0xff) << 3);
        }
        return next == TCP ? header : 0;
    }

    private static boolean tcp(ByteBuffer packet, int tcp, int end, int largest) {
        if (end - tcp < TCP_HEADER || (packet.get(tcp + TCP_FLAGS) & SYN) == 0) {
            return false;
        }
        int options = Math.min(tcp + ((packet.get(tcp + TCP_OFFSET) >> 4 & 0xf) << 2), end);
        int at = tcp + TCP_HEADER;
        while (at < options) {
            int kind = packet.get(at);
            if (kind == OPTION_END) {
                return false;
            }
            if (kind == OPTION_NOTHING) {
                at++;
                continue;
            }
            int length = at + 1 < options ? packet.get(at + 1) & 0xff : 0;
            if (length < 2 || length > options - at) {
                return false;
            }
            if (kind == OPTION_MSS) {
                return length == OPTION_MSS_BYTES && lower(packet, tcp, at + 2, largest);
            }
            at += length;
        }
        return false;
    }

    private static boolean lower(ByteBuffer packet, int tcp, int at, int largest) {
        int before = packet.getShort(at) & 0xffff;
        if (before <= largest) {
            return false;
        }
        packet.putShort(at, (short) largest);
        // At an odd place the two bytes lie in two words of the sum, the other way round.
        boolean odd = (at - tcp & 1) != 0;
        int removed = odd ? swap(before) : before;
        int added = odd ? swap(largest) : largest;
        int sum = (~packet.getShort(tcp + TCP_CHECKSUM) & 0xffff) + (~removed & 0xffff) + added;
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        packet.putShort(tcp + TCP_CHECKSUM, (short) ~sum);
        return true;
    }

    private static int swap(int word) {
        return word >>> 8 | (word & 0xff) << 8;
    }
}
