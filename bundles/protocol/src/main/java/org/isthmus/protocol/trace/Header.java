package org.isthmus.protocol.trace;

import java.nio.ByteBuffer;
import org.isthmus.protocol.wire.Avp;
import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.protocol.wire.Datagram;
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

    /** T, which makes a control message, and L and S, which each of them has (RFC 2661 section 3.1). */
    private static final int T = 0x8000;
    private static final int L_AND_S = 0x4800;
    /** Where the AVPs of a control message start, and where the value of the first of them does. */
    private static final int AVPS = Datagram.CONTROL_HEADER_BYTES;
    private static final int TYPE = AVPS + Avp.HEADER_BYTES;

    boolean isControl() {
        return avps > 0;
    }

    /** @param message as much of the datagram as is looked at */
    static Header of(Field message, ByteBuffer datagram) {
        int size = datagram.remaining();
        if (message.length() < 6) {
            return nothing("too short to be L2TP: " + octets(size), 0);
        }
        int flags = message.integer(0, 2);
        int version = flags & 0xf;
        if ((flags & T) != 0 && (version == 2 || version == 3)) {
            return control(message, flags, version, size);
        }
        return switch (version) {
            case 2 -> nothing(data(datagram), 2);
            case 3 -> nothing("v3 data" + (message.length() < 8 ? ", broken" : " session "
                    + Integer.toUnsignedString(message.integer(4, 4))) + ", " + octets(size), 3);
            default -> nothing("not L2TP: version " + version + " in the header, " + octets(size), version);
        };
    }

    private static Header control(Field message, int flags, int version, int size) {
        if (message.length() < AVPS || (flags & L_AND_S) != L_AND_S) {
            return nothing("broken control message: " + octets(size) + ", flags 0x" + Integer.toHexString(flags),
                    version);
        }
        int length = message.integer(2, 2);
        int end = Math.min(length, message.length());
        MessageType type = MessageType.ZLB;
        if (end >= TYPE + 2) {
            type = MessageType.ofCode(message.integer(TYPE, 2));
        }
        StringBuilder words = new StringBuilder(name(message, type, end));
        if (version == 2) {
            words.append(" tunnel ").append(message.integer(4, 2));
            if (message.integer(6, 2) != 0 || type.ofSession()) {
                words.append(" session ").append(message.integer(6, 2));
            }
        } else {
            words.append(" v3 connection ").append(Integer.toUnsignedString(message.integer(4, 4)));
        }
        words.append(" Ns ").append(message.integer(8, 2)).append(" Nr ").append(message.integer(10, 2));
        if (length != size) {
            words.append(", Length ").append(length).append(" in ").append(octets(size));
        }
        return new Header(words.toString(), type, AVPS, end, version);
    }

    private static String name(Field message, MessageType type, int end) {
        if (end <= AVPS) {
            return "ZLB";
        }
        boolean known = type != MessageType.ZLB || end < TYPE + 2;
        return known ? Values.name(type) : "message type " + message.integer(TYPE, 2);
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
}
