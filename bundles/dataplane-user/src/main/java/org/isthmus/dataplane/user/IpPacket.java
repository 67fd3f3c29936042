package org.isthmus.dataplane.user;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What the data plane reads of an IP packet that lies between two offsets of a buffer. Addresses are 128 bits in two longs; an IPv4
 * address is its IPv4-mapped form, ::ffff:a.b.c.d.
 *
 * <pre>
 * IPv4   version and header length at 0, total length at 2, protocol at 9, source at 12, destination at 16
 * IPv6   version at 0, payload length at 4, next header at 6, source at 8, destination at 24
 * </pre>
 */
final class IpPacket {

    static final int PPP_IPV4 = 0x0021;
    static final int PPP_IPV6 = 0x0057;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final long MAPPED = 0xffff_0000_0000L;

    private IpPacket() {
    }

    /** 4, 6, or something else for what is no IP packet. */
    static int version(ByteBuffer in, int at, int end) {
        return at < end ? in.get(at) >> 4 & 0xf : 0;
    }

    /**
     * The packet's own idea of its length, padding behind it not counted.
     *
     * @return -1 if the header is cut or says more than there is
     */
    static int length(ByteBuffer in, int at, int end) {
        int there = end - at;
        switch (version(in, at, end)) {
            case 4: {
                if (there < IPV4_HEADER) {
                    return -1;
                }
                int header = (in.get(at) & 0xf) << 2;
                int total = in.getShort(at + 2) & 0xffff;
                return header >= IPV4_HEADER && total >= header && total <= there ? total : -1;
            }
            case 6: {
                if (there < IPV6_HEADER) {
                    return -1;
                }
                int total = IPV6_HEADER + (in.getShort(at + 4) & 0xffff);
                return total <= there ? total : -1;
            }
            default:
                return -1;
        }
    }

    static long sourceHigh(ByteBuffer in, int at, int version) {
        return version == 6 ? in.getLong(at + 8) : 0;
    }

    static long sourceLow(ByteBuffer in, int at, int version) {
        return version == 6 ? in.getLong(at + 16) : mapped(in.getInt(at + 12));
    }

    static long destinationHigh(ByteBuffer in, int at, int version) {
        return version == 6 ? in.getLong(at + 24) : 0;
    }

    static long destinationLow(ByteBuffer in, int at, int version) {
        return version == 6 ? in.getLong(at + 32) : mapped(in.getInt(at + 16));
    }

    /** The first 64 bits of an address. */
    static long high(InetAddress address) {
        byte[] raw = address.getAddress();
        return raw.length == 4 ? 0 : ByteBuffer.wrap(raw).getLong(0);
    }

    /** The last 64 bits of an address. */
    static long low(InetAddress address) {
        byte[] raw = address.getAddress();
        return raw.length == 4 ? mapped(ByteBuffer.wrap(raw).getInt(0)) : ByteBuffer.wrap(raw).getLong(8);
    }

    private static long mapped(int inet) {
        return MAPPED | inet & 0xffff_ffffL;
    }
}
