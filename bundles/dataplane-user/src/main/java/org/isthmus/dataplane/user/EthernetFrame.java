package org.isthmus.dataplane.user;

import java.nio.ByteBuffer;

/**
 * What the data plane reads and changes of an Ethernet frame without its check sequence:
 *
 * <pre>
 * destination at 0, source at 6, [802.1Q tag at 12: 0x8100, then priority 3 bits, drop eligible 1 bit, VLAN 12 bits,] type, payload
 * </pre>
 */
final class EthernetFrame {

    static final int HEADER_BYTES = 14;
    static final int TAG_BYTES = 4;

    private static final int TYPE_AT = 12;
    private static final int TYPE_TAG = 0x8100;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int VLAN_MASK = 0xfff;

    private EthernetFrame() {
    }

    /** Whether the frame between two offsets carries an IP packet, with or without a tag. */
    static boolean isIp(ByteBuffer in, int at, int end) {
        int typeAt = at + TYPE_AT;
        int type = type(in, typeAt, end);
        if (type == TYPE_TAG) {
            type = type(in, typeAt + TAG_BYTES, end);
        }
        return type == TYPE_IPV4 || type == TYPE_IPV6;
    }

    /** The VLAN of a frame, whatever its priority; -1 if it has no tag. */
    static int vlan(ByteBuffer in, int at, int end) {
        boolean tagged = end - at >= HEADER_BYTES + TAG_BYTES && type(in, at + TYPE_AT, end) == TYPE_TAG;
        return tagged ? in.getShort(at + TYPE_AT + 2) & VLAN_MASK : -1;
    }

    /** Takes the tag away, by which the frame begins {@link #TAG_BYTES} later. */
    static void removeTag(ByteBuffer in, int at) {
        long first = in.getLong(at);
        int rest = in.getInt(at + 8);
        in.putLong(at + TAG_BYTES, first).putInt(at + TAG_BYTES + 8, rest);
    }

    /** Puts a tag with the lowest priority in, by which the frame begins {@link #TAG_BYTES} earlier. */
    static void insertTag(ByteBuffer in, int at, int vlan) {
        long first = in.getLong(at);
        int rest = in.getInt(at + 8);
        int begin = at - TAG_BYTES;
        in.putLong(begin, first).putInt(begin + 8, rest).putInt(begin + TYPE_AT, TYPE_TAG << 16 | vlan);
    }

    private static int type(ByteBuffer in, int at, int end) {
        return at + 2 <= end ? in.getShort(at) & 0xffff : -1;
    }
}
