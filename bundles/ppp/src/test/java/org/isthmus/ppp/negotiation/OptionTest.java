package org.isthmus.ppp.negotiation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options and packets: what is read is what was written, and nothing else is read. */
class OptionTest {

    @Property
    void whatIsWrittenIsRead(@ForAll @Size(max = 64) List<Byte> types, @ForAll @Size(max = 20) byte[] value) {
        List<Option> options = types.stream().map(type -> new Option(type & 0xff, value)).toList();
        assertEquals(options, Option.parse(ByteBuffer.wrap(Option.encode(options))).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "0100", "0101", "0103", "010405", "010200", "0104aabb03", "ffff"})
    void lengthsThatDoNotFitAreRefused(String hex) {
        assertTrue(Option.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex))).isEmpty());
    }

    @Test
    void moreOptionsThanTheLimitAreRefused() {
        assertEquals(64, Option.parse(ByteBuffer.wrap(Option.encode(java.util.Collections.nCopies(64,
                Option.of(7, 0, 0))))).orElseThrow().size());
        assertTrue(Option.parse(ByteBuffer.wrap(Option.encode(java.util.Collections.nCopies(65,
                Option.of(7, 0, 0))))).isEmpty());
    }

    @Test
    void paddingAfterAPacketIsLeftOut() {
        ControlPacket packet = ControlPacket.parse(ByteBuffer.wrap(HexFormat.of().parseHex("01020006aabbcccc")))
                .orElseThrow();
        assertEquals(1, packet.code());
        assertEquals(2, packet.identifier());
        assertArrayEquals(new byte[] {(byte) 0xaa, (byte) 0xbb}, packet.bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "010200", "01020003", "01020000aa", "01020007aabb", "0102ffffaabb"})
    void packetsThatAreNotWholeAreRefused(String hex) {
        assertTrue(ControlPacket.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex))).isEmpty());
    }
}
