package org.isthmus.protocol.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The blocks of a pcapng file (draft-ietf-opsawg-pcapng): a section header, one interface whose packets start with an IP
 * header (LINKTYPE_RAW), then a block for each packet. Numbers are in network order, which the magic number tells.
 *
 * <pre>
 * +-----------+------------------+------------ ... ----------+------------------+
 * | type (4)  | total length (4) | body, filled up to 4      | total length (4) |
 * +-----------+------------------+------------ ... ----------+------------------+
 * </pre>
 */
public final class PcapngBlocks {

    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int INTERFACE = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int LINKTYPE_RAW = 101;
    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_APPLICATION = 4;
    private static final int OPTION_IF_NAME = 2;
    private static final int OPTION_FLAGS = 2;
    private static final int INBOUND = 1;
    private static final int OUTBOUND = 2;
    /** Type, both total lengths. */
    private static final int FRAME_BYTES = 12;

    private PcapngBlocks() {
    }

    /**
     * What a file starts with.
     *
     * @param application the program that writes it
     * @param name        of what is captured, shown as the interface
     * @param comment     for people
     */
    public static byte[] start(String application, String name, String comment) {
        byte[] program = utf8(application);
        byte[] words = utf8(comment);
        byte[] title = utf8(name);
        int section = FRAME_BYTES + 16 + optionBytes(words) + optionBytes(program) + 4;
        int description = FRAME_BYTES + 8 + optionBytes(title) + 4;
        ByteBuffer out = ByteBuffer.allocate(section + description);
        out.putInt(SECTION_HEADER).putInt(section).putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0)
                .putLong(-1); // the length of the section is not told
        option(out, OPTION_COMMENT, words);
        option(out, OPTION_APPLICATION, program);
        out.putInt(0).putInt(section);
        out.putInt(INTERFACE).putInt(description).putShort((short) LINKTYPE_RAW).putShort((short) 0).putInt(0);
        option(out, OPTION_IF_NAME, title);
        out.putInt(0).putInt(description);
        return out.array();
    }

    /** A datagram, with IP and UDP headers in front of it. */
    public static byte[] packet(CapturedDatagram datagram) {
        byte[] packet = IpPacket.of(datagram);
        int block = FRAME_BYTES + 20 + padded(packet.length) + 8 + 4;
        ByteBuffer out = ByteBuffer.allocate(block);
        out.putInt(ENHANCED_PACKET).putInt(block).putInt(0)
                .putInt((int) (datagram.epochMicros() >>> 32)).putInt((int) datagram.epochMicros())
                .putInt(packet.length).putInt(packet.length)
                .put(packet).position(out.position() + padded(packet.length) - packet.length);
        out.putShort((short) OPTION_FLAGS).putShort((short) 4).putInt(datagram.sent() ? OUTBOUND : INBOUND);
        out.putInt(0).putInt(block);
        return out.array();
    }

    private static void option(ByteBuffer out, int code, byte[] value) {
        if (value.length > 0) {
            out.putShort((short) code).putShort((short) value.length).put(value)
                    .position(out.position() + padded(value.length) - value.length);
        }
    }

    private static int optionBytes(byte[] value) {
        return value.length == 0 ? 0 : 4 + padded(value.length);
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
