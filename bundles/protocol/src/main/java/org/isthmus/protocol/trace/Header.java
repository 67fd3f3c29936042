package org.isthmus.protocol.trace;

import java.nio.ByteBuffer;
import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.protocol.wire.DatagramKind;
import org.isthmus.protocol.wire.MessageType;

/**
 * What the header of a datagram says, for both versions.
 *
 * @param words     the datagram up to its AVPs
 * @param type      the message, when it is a control message with a Message Type that is known
 * @param avps      where the AVPs start, 0 when there are none to read
 * @param end       where the message ends
 * @param version   2 or 3, or whatever else it claims
 */
record Header(String words, MessageType type, int avps, int end, int version) {

    private static final int V2_BYTES = 12;
    private static final int AVP_VALUE = 6;

    boolean isControl() {
        return avps > 0;
    }

    /** @param bytes as much of the datagram as is looked at */
    static Header of(byte[] bytes, ByteBuffer datagram) {
        int size = datagram.remaining();
        if (bytes.length < 6) {
            return nothing("too short to be L2TP: " + octets(size), 0);
        }
        int flags = uint16(bytes, 0);
        int version = flags & 0xf;
        if ((flags & 0x8000) != 0 && (version == 2 || version == 3)) {
            return control(bytes, flags, version, size);
        }
        return switch (version) {
            case 2 -> nothing(data(datagram), 2);
            case 3 -> nothing("v3 data" + (bytes.length < 8 ? ", broken" : " session "
                    + Integer.toUnsignedString(ByteBuffer.wrap(bytes).getInt(4))) + ", " + octets(size), 3);
            default -> nothing("not L2TP: version " + version + " in the header, " + octets(size), version);
        };
    }

    private static Header control(byte[] bytes, int flags, int version, int size) {
        if (bytes.length < V2_BYTES || (flags & 0x4800) != 0x4800) {
            return nothing("broken control message: " + octets(size) + ", flags 0x" + Integer.toHexString(flags), version);
        }
        int length = uint16(bytes, 2);
        int end = Math.min(length, bytes.length);
        MessageType type = MessageType.ZLB;
        if (end >= V2_BYTES + AVP_VALUE + 2) {
            type = MessageType.ofCode(uint16(bytes, V2_BYTES + AVP_VALUE));
        }
        StringBuilder words = new StringBuilder(name(bytes, type, end));
        if (version == 2) {
            words.append(" tunnel ").append(uint16(bytes, 4));
            if (uint16(bytes, 6) != 0 || type.ofSession()) {
                words.append(" session ").append(uint16(bytes, 6));
            }
        } else {
            words.append(" v3 connection ").append(Integer.toUnsignedString(ByteBuffer.wrap(bytes).getInt(4)));
        }
        words.append(" Ns ").append(uint16(bytes, 8)).append(" Nr ").append(uint16(bytes, 10));
        if (length != size) {
            words.append(", Length ").append(length).append(" in ").append(octets(size));
        }
        return new Header(words.toString(), type, V2_BYTES, end, version);
    }

    private static String name(byte[] bytes, MessageType type, int end) {
        if (end <= V2_BYTES) {
            return "ZLB";
        }
        boolean known = type != MessageType.ZLB || end < V2_BYTES + AVP_VALUE + 2;
        return known ? Values.name(type) : "message type " + uint16(bytes, V2_BYTES + AVP_VALUE);
    }

    private static String data(ByteBuffer datagram) {
        DataHeader header = new DataHeader();
        DatagramKind kind = header.parse(datagram);
        if (kind != DatagramKind.DATA) {
            return "broken data message: " + kind.words();
        }
        ByteBuffer payload = datagram.slice(header.payloadPosition(), header.payloadLength());
        return "data tunnel " + header.tunnelId() + " session " + header.sessionId()
                + (header.sequenced() ? " Ns " + header.ns() : "") + ": " + PppFrame.words(payload);
    }

    private static Header nothing(String words, int version) {
        return new Header(words, MessageType.ZLB, 0, 0, version);
    }

    static String octets(int count) {
        return count == 1 ? "1 octet" : count + " octets";
    }

    private static int uint16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
