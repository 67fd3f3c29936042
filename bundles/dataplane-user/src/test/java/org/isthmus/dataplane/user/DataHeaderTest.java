package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The header of data messages, RFC 2661 3.1. */
class DataHeaderTest {

    private final DataHeader header = new DataHeader();

    @Test
    void theShortestHeader() {
        assertTrue(header.read(hex("0002 0011 0022 c021")));
        assertEquals(0x11, header.tunnelId());
        assertEquals(0x22, header.sessionId());
        assertFalse(header.sequenced());
        assertEquals(6, header.payload());
        assertEquals(8, header.end());
    }

    @Test
    void allOptionsAtOnce() {
        // L, S, O and P; length 20; Ns 7, Nr 9 (reserved); three bytes of padding.
        assertTrue(header.read(hex("4b02 0014 0011 0022 0007 0009 0003 ffffff c02101 eeee")));
        assertTrue(header.sequenced());
        assertEquals(7, header.ns());
        assertEquals(17, header.payload());
        assertEquals(20, header.end(), "what is behind the length does not belong to the message");
    }

    @Test
    void aPositionBehindTheStartOfTheBuffer() {
        ByteBuffer packet = hex("ffffff 4002 0009 0001 0002 21 ff").position(3).limit(12);
        assertTrue(header.read(packet));
        assertEquals(11, header.payload());
        assertEquals(12, header.end());
        assertEquals(3, packet.position());
    }

    @Test
    void whatIsNoDataMessageIsRefused() {
        for (String bad : new String[] {
            "", "00", "0002 0011 00",           // cut
            "c802 000c 0000 0000 0000 0000",    // a control message
            "0003 0011 0022 c021",              // version 3
            "0001 0011 0022 c021",              // L2F
            "4002 000b 0011 0022 c021",         // length longer than the packet
            "4002 0007 0011 0022 c021",         // length shorter than the header
            "0802 0011 0022 0000 00",           // cut in Nr
            "0202 0011 0022 00",                // cut in the offset size
            "0202 0011 0022 0003 0000",         // offset behind the end
            "0202 0011 0022 ffff c021"}) {
            assertFalse(header.read(hex(bad)), bad);
        }
    }

    @Test
    void anEmptyPayloadIsAMessageToo() {
        assertTrue(header.read(hex("0202 0011 0022 0002 0000")));
        assertEquals(header.end(), header.payload());
    }

    @Property
    void whatIsWrittenIsRead(@ForAll boolean length, @ForAll boolean sequence, @ForAll boolean priority, @ForAll @IntRange(max = 255) int offset,
            @ForAll @IntRange(max = 65535) int tunnel, @ForAll @IntRange(max = 65535) int session, @ForAll @IntRange(max = 65535) int ns,
            @ForAll @Size(max = 50) byte[] payload) {
        int flags = (length ? DataHeader.LENGTH : 0) | (sequence ? DataHeader.SEQUENCE : 0) | (priority ? DataHeader.PRIORITY : 0)
                | (offset > 0 ? DataHeader.OFFSET : 0);
        ByteBuffer packet = ByteBuffer.allocate(400);
        packet.position(300).put(payload).limit(packet.position()).position(300);

        DataHeader.prepend(packet, flags, tunnel, session, ns, offset);

        assertEquals(300 - DataHeader.bytes(flags, offset), packet.position());
        assertTrue(header.read(packet));
        assertEquals(tunnel, header.tunnelId());
        assertEquals(session, header.sessionId());
        assertEquals(sequence, header.sequenced());
        assertEquals(sequence ? ns : 0, header.ns());
        assertEquals(300, header.payload());
        assertEquals(300 + payload.length, header.end());
    }

    static ByteBuffer hex(String text) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(text.replace(" ", "")));
    }
}
