package org.isthmus.protocol.wire;

import static org.isthmus.protocol.wire.Octets.datagram;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DataHeaderTest {

    private final DataHeader header = new DataHeader();

    @Property
    void whatIsWrittenIsRead(@ForAll boolean length, @ForAll boolean sequence, @ForAll @IntRange(max = 255) int padding,
            @ForAll boolean priority, @ForAll @IntRange(min = 1, max = 65535) int tunnelId,
            @ForAll @IntRange(min = 1, max = 65535) int sessionId, @ForAll @IntRange(max = 65535) int ns,
            @ForAll @Size(max = 1600) byte[] payload, @ForAll @IntRange(min = 270, max = 300) int at) {
        int options = (length ? DataHeader.WITH_LENGTH : 0) | (sequence ? DataHeader.WITH_SEQUENCE : 0)
                | (padding > 0 ? DataHeader.WITH_OFFSET : 0) | (priority ? DataHeader.WITH_PRIORITY : 0);
        ByteBuffer buffer = ByteBuffer.allocate(at + payload.length).put(at, payload).position(at);

        DataHeader.prepend(buffer, options, padding, tunnelId, sessionId, ns);

        assertEquals(at - DataHeader.headerBytes(options) - padding, buffer.position());
        int start = buffer.position();
        assertEquals(DatagramKind.DATA, header.parse(buffer));
        assertEquals(tunnelId, header.tunnelId());
        assertEquals(tunnelId, Datagram.tunnelId(buffer));
        assertEquals(sessionId, header.sessionId());
        assertEquals(sequence, header.sequenced());
        assertEquals(sequence ? ns : 0, header.ns());
        assertEquals(priority, header.priority());
        assertArrayEquals(payload, payloadOf(buffer));
        assertEquals(start, buffer.position());
    }

    @Test
    void aBufferThatBeginsElsewhereIsReadFromItsPosition() {
        ByteBuffer packet = datagram("ffffff 4002 0009 0001 0002 21 ff").position(3).limit(12);
        assertEquals(DatagramKind.DATA, header.parse(packet));
        assertEquals(11, header.payloadPosition());
        assertEquals(1, header.payloadLength());
        assertEquals(3, packet.position());
    }

    @Test
    void theSmallestHeaderHasSixOctets() {
        assertEquals(DatagramKind.DATA, header.parse(datagram("0002 0011 0022 ff03c021")));
        assertEquals(0x11, header.tunnelId());
        assertEquals(0x22, header.sessionId());
        assertFalse(header.sequenced());
        assertEquals(4, header.payloadLength());
    }

    @Test
    void offsetPaddingIsSkipped() {
        ByteBuffer datagram = datagram("4b02 0013 0011 0022 0005 0000 0003 aaaaaa c021");
        assertEquals(DatagramKind.DATA, header.parse(datagram));
        assertTrue(header.priority());
        assertArrayEquals(Octets.hex("c021"), payloadOf(datagram));
    }

    @Test
    void whatFollowsTheLengthIsCutOff() {
        ByteBuffer datagram = datagram("4002 000a 0011 0022 c021 ffffff");
        assertEquals(DatagramKind.DATA, header.parse(datagram));
        assertArrayEquals(Octets.hex("c021"), payloadOf(datagram));
    }

    @Test
    void reservedBitsAreIgnored() {
        assertEquals(DatagramKind.DATA, header.parse(datagram("34f2 0011 0022 c021")));
        assertEquals(2, header.payloadLength());
    }

    @Test
    void lengthsThatCannotBeAreNamed() {
        assertEquals(DatagramKind.TOO_SHORT, header.parse(datagram("0002 0011")));
        assertEquals(DatagramKind.TOO_SHORT, header.parse(datagram("0802 0011 0022 0000")));
        assertEquals(DatagramKind.LENGTH_BELOW_HEADER, header.parse(datagram("4002 0007 0011 0022")));
        assertEquals(DatagramKind.LENGTH_BEYOND_DATAGRAM, header.parse(datagram("4002 0009 0011 0022")));
        assertEquals(DatagramKind.OFFSET_BEYOND_DATAGRAM, header.parse(datagram("0202 0011 0022 0003 aaaa")));
        assertEquals(DatagramKind.OFFSET_BEYOND_DATAGRAM, header.parse(datagram("4202 000a 0011 0022 0001 aa")));
        assertEquals(DatagramKind.CONTROL, header.parse(datagram("c802000c0001000200030004")));
        assertEquals(DatagramKind.UNKNOWN_VERSION, header.parse(datagram("0003 0011 0022 c021")));
    }

    @Property(tries = 10_000)
    void anyOctetsEitherAreDataWithinTheDatagramOrAreNamed(@ForAll @Size(max = 40) byte[] octets,
            @ForAll boolean looksRight) {
        if (looksRight && octets.length > 1) {
            octets[0] &= 0x7f;
            octets[1] = 2;
        }
        ByteBuffer datagram = ByteBuffer.wrap(octets);
        if (header.parse(datagram) == DatagramKind.DATA) {
            assertTrue(header.payloadPosition() >= 6 && header.payloadLength() >= 0);
            assertTrue(header.payloadPosition() + header.payloadLength() <= octets.length);
        }
    }

    private byte[] payloadOf(ByteBuffer datagram) {
        return Arrays.copyOfRange(datagram.array(), header.payloadPosition(),
                header.payloadPosition() + header.payloadLength());
    }
}
