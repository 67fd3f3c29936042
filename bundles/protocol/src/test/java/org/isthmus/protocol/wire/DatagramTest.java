package org.isthmus.protocol.wire;

import static org.isthmus.protocol.wire.Octets.datagram;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatagramTest {

    @ParameterizedTest
    @CsvSource({
        "'', TOO_SHORT",
        "c802, TOO_SHORT",
        "c802000c00010002, TOO_SHORT",
        "c802000c0001000200030004, CONTROL",
        "c802000b0001000200030004, LENGTH_BELOW_HEADER",
        "c802000d0001000200030004, LENGTH_BEYOND_DATAGRAM",
        "c802ffff0001000200030004, LENGTH_BEYOND_DATAGRAM",
        "8802000c0001000200030004, CONTROL_WITHOUT_LENGTH",
        "c002000c0001000200030004, CONTROL_WITHOUT_SEQUENCE",
        "ca02000c0001000200030004, CONTROL_WITH_OFFSET",
        "c803000c0001000200030004, CONTROL_V3",
        "cf03000c0001000200030004, CONTROL_V3",
        "8803000c0001000200030004, CONTROL_WITHOUT_LENGTH",
        "c003000c0001000200030004, CONTROL_WITHOUT_SEQUENCE",
        "c803000d0001000200030004, LENGTH_BEYOND_DATAGRAM",
        "c803000b0001000200030004, LENGTH_BELOW_HEADER",
        "000300000001000f, DATA_V3",
        "0003000000010f, TOO_SHORT",
        "c801000c0001000200030004, L2F",
        "c800000c0001000200030004, UNKNOWN_VERSION",
        "c80f000c0001000200030004, UNKNOWN_VERSION",
        "000200010002, DATA",
    })
    void theHeaderSaysWhatADatagramIs(String hex, DatagramKind kind) {
        assertEquals(kind, Datagram.kind(datagram(hex)));
        assertEquals(kind == DatagramKind.CONTROL || kind == DatagramKind.CONTROL_V3, kind.isControl());
    }

    @Test
    void reservedBitsAndPriorityOfAControlMessageAreIgnored() {
        assertEquals(DatagramKind.CONTROL, Datagram.kind(datagram("fdf2000c0001000200030004")));
    }

    @Test
    void fieldsAreReadWhereTheDatagramLies() {
        ByteBuffer buffer = ByteBuffer.allocate(30);
        buffer.put(5, Octets.hex("c802000c fffe0102 80007fff"));
        buffer.position(5).limit(17);

        assertEquals(DatagramKind.CONTROL, Datagram.kind(buffer));
        assertEquals(12, Datagram.length(buffer));
        assertEquals(0xfffe, Datagram.tunnelId(buffer));
        assertEquals(0x0102, Datagram.sessionId(buffer));
        assertEquals(0x8000, Datagram.ns(buffer));
        assertEquals(0x7fff, Datagram.nr(buffer));
        assertTrue(Datagram.isZlb(buffer));
        assertEquals(5, buffer.position());
        assertEquals(17, buffer.limit());
    }

    @Test
    void aControlConnectionOfVersion3IsNamedByWhatVersion2HasInTwoFields() {
        ByteBuffer message = datagram("c803000c fffe0102 80007fff");

        assertEquals(ProtocolVersion.V3, Datagram.version(message));
        assertEquals(0xfffe0102, Datagram.tunnelId(message));
        assertEquals(0, Datagram.sessionId(message));
        assertEquals(0x8000, Datagram.ns(message));
        assertEquals(ProtocolVersion.V2, Datagram.version(datagram("c802000c fffe0102 80007fff")));
    }

    @Test
    void aZlbIsKnownByItsLengthFieldNotByTheDatagram() {
        assertTrue(Datagram.isZlb(datagram("c802000c0001000200030004ffff")));
        assertFalse(Datagram.isZlb(datagram("c802001400010002000300048008000000000006")));
    }

    @Test
    void theTunnelIdOfDataMessagesIsFoundWithAndWithoutLength() {
        assertEquals(7, Datagram.tunnelId(datagram("000200070008")));
        assertEquals(7, Datagram.tunnelId(datagram("4002000800070008")));
    }

    @Property
    void noDatagramMakesItThrow(@ForAll byte[] octets) {
        Datagram.kind(ByteBuffer.wrap(octets));
    }
}
