package org.isthmus.protocol.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Blocks are framed as the format asks, and packets have headers whose checksums are right. */
class PcapngBlocksTest {

    @Test
    void startsWithASectionAndOneInterface() {
        ByteBuffer file = ByteBuffer.wrap(PcapngBlocks.start("isthmus", "office", "a tunnel"));
        assertEquals(0x0a0d0d0a, file.getInt(0));
        int section = file.getInt(4);
        assertEquals(0x1a2b3c4d, file.getInt(8));
        assertEquals(section, file.getInt(section - 4));
        assertEquals(1, file.getInt(section));
        int description = file.getInt(section + 4);
        assertEquals(101, file.getShort(section + 8), "packets start with an IP header");
        assertEquals(file.capacity(), section + description);
        assertEquals(description, file.getInt(file.capacity() - 4));
        String text = new String(file.array(), StandardCharsets.UTF_8);
        assertTrue(text.contains("isthmus") && text.contains("office") && text.contains("a tunnel"));
    }

    @Test
    void writesAnIpv4Packet() {
        byte[] block = PcapngBlocks.packet(new CapturedDatagram(0x1_0000_0002L, true, at("192.0.2.1"), at("192.0.2.2"),
                false, ByteBuffer.wrap(new byte[] {1, 2, 3})));
        ByteBuffer fields = ByteBuffer.wrap(block);
        assertEquals(block.length, fields.getInt(4));
        assertEquals(block.length, fields.getInt(block.length - 4));
        assertEquals(0, block.length % 4);
        assertEquals(1, fields.getInt(12));
        assertEquals(2, fields.getInt(16));
        assertEquals(31, fields.getInt(20));
        byte[] packet = Arrays.copyOfRange(block, 28, 28 + 31);
        // The checksums were worked out apart from this code.
        assertArrayEquals(HexFormat.of().parseHex("4500001f0000000040 11 f6ca c0000201 c0000202 06a5 06a5 000b 6a88 010203"
                .replace(" ", "")), packet);
        assertEquals(2, fields.getInt(block.length - 12), "outbound");
    }

    @Test
    void writesAnIpv6PacketOfOtherProtocols() {
        byte[] packet = IpPacket.of(new CapturedDatagram(0, false, at("2001:db8::1"), at("2001:db8::2"), true,
                ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 1})));
        assertEquals(45, packet.length);
        assertEquals(115, packet[6]);
        assertEquals(5, packet[5]);
    }

    @Test
    void takesTheFamilyFromTheOtherEndWhenOursIsAWildcard() {
        assertEquals(28, IpPacket.of(new CapturedDatagram(0, true, at("::"), at("192.0.2.2"), false, ByteBuffer.allocate(0))).length);
        assertEquals(28, IpPacket.of(new CapturedDatagram(0, false, at("192.0.2.2"), at("::"), false, ByteBuffer.allocate(0))).length);
    }

    @Test
    void hasChecksumsThatAddUp() {
        for (int length = 0; length < 40; length++) {
            byte[] payload = new byte[length];
            Arrays.fill(payload, (byte) (0xf0 + length));
            byte[] packet = IpPacket.of(new CapturedDatagram(0, true, at("198.51.100.255"), at("203.0.113.7"), false,
                    ByteBuffer.wrap(payload)));
            assertEquals(0xffff, fold(packet, 0, 20, 0), "header");
            int pseudo = fold(packet, 12, 8, 17 + 8 + length);
            assertEquals(0xffff, fold(packet, 20, 8 + length, pseudo), "UDP with " + length);
        }
    }

    private static int fold(byte[] bytes, int from, int length, int start) {
        int sum = start;
        for (int i = 0; i < length; i += 2) {
            sum += (bytes[from + i] & 0xff) << 8 | (i + 1 < length ? bytes[from + i + 1] & 0xff : 0);
        }
        return (sum & 0xffff) + (sum >>> 16);
    }

    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(address, 1701);
    }
}
