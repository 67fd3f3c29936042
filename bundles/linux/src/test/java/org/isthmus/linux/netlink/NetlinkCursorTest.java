package org.isthmus.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What is written is read again, and what does not fit is not read. */
class NetlinkCursorTest {

    @Test
    void messagesAndAttributesComeBackAsWritten() {
        ByteBuffer buffer = ByteBuffer.allocate(500);
        NetlinkWriter writer = new NetlinkWriter(buffer);
        writer.message(16, 5, 77, out -> out.u8(1).u8(2).u16(0x1234).u32(-5)
                .attribute(1, "l2tp0")
                .attributeU8(2, 200)
                .attributeU16(3, 60_000)
                .attributeU32(4, -1)
                .attributeU64(5, Long.MIN_VALUE)
                .flag(6)
                .nested(7, in -> in.attribute(1, new byte[] {1, 2, 3}).attributeU8(2, 9)));
        writer.message(17, 0, 78, out -> { });

        NetlinkReader reader = new NetlinkReader(buffer.flip());
        assertTrue(reader.next());
        assertEquals(16, reader.type());
        assertEquals(5, reader.flags());
        assertEquals(77, reader.sequence());
        assertEquals(2, reader.u8(1));
        assertEquals(0x1234, reader.u16(2));
        assertEquals(-5, reader.u32(4));
        NetlinkAttributes attributes = reader.attributes(8);
        assertTrue(attributes.next());
        assertEquals(1, attributes.type());
        assertEquals("l2tp0", attributes.text());
        assertTrue(attributes.next());
        assertEquals(200, attributes.u8());
        assertTrue(attributes.next());
        assertEquals(60_000, attributes.u16());
        assertTrue(attributes.next());
        assertEquals(-1, attributes.u32());
        assertTrue(attributes.next());
        assertEquals(Long.MIN_VALUE, attributes.u64());
        assertTrue(attributes.next());
        assertEquals(6, attributes.type());
        assertEquals(0, attributes.length());
        assertTrue(attributes.next());
        assertEquals(7, attributes.type(), "without the bit that marks it as nested");
        NetlinkAttributes nested = attributes.nested();
        assertTrue(nested.next());
        assertArrayEquals(new byte[] {1, 2, 3}, nested.bytes());
        assertTrue(nested.next());
        assertEquals(9, nested.u8());
        assertFalse(nested.next());
        assertFalse(attributes.next());
        assertTrue(reader.next());
        assertEquals(17, reader.type());
        assertEquals(0, reader.payloadBytes());
        assertFalse(reader.next());
        assertFalse(reader.malformed());
    }

    @Test
    void aMessageLongerThanTheBufferEndsTheWalk() {
        ByteBuffer buffer = ByteBuffer.allocate(20).order(ByteOrder.nativeOrder()).putInt(0, 21);
        NetlinkReader reader = new NetlinkReader(buffer);
        assertFalse(reader.next());
        assertTrue(reader.malformed());
        assertFalse(reader.next());
    }

    @Property(tries = 2_000)
    void anythingIsReadWithoutAnException(@ForAll @Size(max = 200) byte[] bytes) {
        NetlinkReaderFuzzTest.walk(bytes);
    }
}
