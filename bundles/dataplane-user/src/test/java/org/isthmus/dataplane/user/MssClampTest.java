package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** TCP's maximum segment size is lowered to what the session carries. */
class MssClampTest {

    private static final int SYN = 2;
    private static final int ACK = 0x10;

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void aSynIsLoweredToTheMtuLessItsHeaders(int version) {
        ByteBuffer syn = TcpSyn.packet(version, 7, SYN, mss(1460), new byte[0]);
        assertTrue(clamp(syn, version, 1400));
        assertEquals(version == 4 ? 1360 : 1340, readMss(syn, version, 2));
        assertTrue(TcpSyn.isRight(syn, version));
        assertFalse(clamp(syn, version, 1400), "a second time there is nothing to do");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void anAnswerToASynToo(int version) {
        assertTrue(clamp(TcpSyn.packet(version, 0, SYN | ACK, mss(9000), new byte[0]), version, 1500));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void whatIsSmallEnoughOrNoSynOrNotTcpStays(int version) {
        assertFalse(clamp(TcpSyn.packet(version, 0, SYN, mss(1000), new byte[0]), version, 1400));
        assertFalse(clamp(TcpSyn.packet(version, 0, ACK, mss(1460), new byte[0]), version, 1400));
        assertFalse(clamp(TcpSyn.packet(version, 0, SYN, new byte[0], new byte[0]), version, 1400));
        ByteBuffer udp = TcpSyn.packet(version, 0, SYN, mss(1460), new byte[0]);
        udp.put(version == 4 ? 9 : 6, (byte) 17);
        assertFalse(clamp(udp, version, 1400));
    }

    @Test
    void aLaterFragmentHoldsNoTcpHeader() {
        ByteBuffer fragment = TcpSyn.packet(4, 0, SYN, mss(1460), new byte[0]);
        fragment.putShort(6, (short) 100);
        assertFalse(clamp(fragment, 4, 1400));
    }

    @Test
    void extensionHeadersOfIpv6AreSkipped() {
        ByteBuffer plain = TcpSyn.packet(6, 8, SYN, mss(1460), new byte[0]);
        ByteBuffer extended = ByteBuffer.allocateDirect(plain.remaining() + 8);
        for (int i = 0; i < 40; i++) {
            extended.put(i, plain.get(8 + i));
        }
        extended.put(6, (byte) 60).put(40, (byte) 6).put(41, (byte) 0);
        for (int i = 40; i < plain.remaining(); i++) {
            extended.put(i + 8, plain.get(8 + i));
        }
        assertTrue(clamp(extended, 6, 1280));
        assertEquals(1220, extended.getShort(40 + 8 + 20 + 2));
    }

    @Test
    void behindAMalformedOptionNothingIsChanged() {
        for (byte[] options : new byte[][] {{3}, {3, 0, 2, 4, 5, (byte) 0xb4}, {3, 1, 2, 4}, {3, 40, 2, 4}, {2, 3, 5, 0}, {0, 2, 4, 5}}) {
            assertFalse(clamp(TcpSyn.packet(4, 0, SYN, options, new byte[0]), 4, 1400));
        }
    }

    @Property
    void theChecksumStaysRightWhateverTheSizesAndTheAlignment(@ForAll @IntRange(min = 0, max = 65535) int announced,
            @ForAll @IntRange(min = 68, max = 9000) int mtu, @ForAll @IntRange(max = 5) int padding, @ForAll boolean inet6,
            @ForAll @Size(max = 40) byte[] payload) {
        int version = inet6 ? 6 : 4;
        byte[] options = new byte[padding + 4];
        Arrays.fill(options, 0, padding, (byte) 1);
        System.arraycopy(mss(announced), 0, options, padding, 4);
        ByteBuffer syn = TcpSyn.packet(version, 3, SYN, options, payload);
        int largest = Math.max(mtu - (inet6 ? 60 : 40), 48);

        assertEquals(announced > largest, clamp(syn, version, mtu));

        assertTrue(TcpSyn.isRight(syn, version));
        assertEquals(Math.min(announced, largest), readMss(syn, version, padding + 2));
    }

    private static boolean clamp(ByteBuffer packet, int version, int mtu) {
        return MssClamp.apply(packet, packet.position(), packet.limit(), version, mtu);
    }

    private static byte[] mss(int size) {
        return new byte[] {2, 4, (byte) (size >> 8), (byte) size};
    }

    private static int readMss(ByteBuffer packet, int version, int inOptions) {
        return packet.getShort(packet.position() + (version == 4 ? 20 : 40) + 20 + inOptions) & 0xffff;
    }
}
