package org.isthmus.linux.l2tp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.linux.l2tp.KernelSession.Header;
import org.isthmus.linux.l2tp.KernelSession.Pseudowire;
import org.isthmus.linux.netlink.GenericFamily;
import org.isthmus.linux.netlink.NetlinkReader;
import org.isthmus.linux.netlink.NetlinkRequest;
import org.isthmus.linux.netlink.RequestBytes;
import org.junit.jupiter.api.Test;

import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** What the kernel is asked, byte by byte, on a little-endian machine. */
class L2tpFamilyTest {
    private final L2tpFamily l2tp = new L2tpFamily(new GenericFamily("l2tp", 0x1c, Map.of("l2tp", 9)));

    @BeforeEach
    void bytesAreLittleEndian() {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void aTunnelIsMadeOfASocket() {
        assertEquals("3c0000001c0005000100000000000000" + "01010000" + "0800090034120000" + "08000a0078560000" + "0500070002000000"
                + "0600020000000000" + "0800170007000000",
                RequestBytes.of(l2tp.createTunnel(new KernelTunnel(0x1234, 0x5678, 2, false), 7)));
    }

    @Test
    void aPppSessionOfVersion2HasItsNumbersAndItsMode() {
        KernelSession session = new KernelSession(0x1234, 0x5678, 0x0a0b, 0x0c0d, Pseudowire.PPP, Optional.empty(), false, false, true, 0, "");
        assertEquals("540000001c0005000100000000000000" + "05010000" + "0800090034120000" + "08000a0078560000" + "08000b000b0a0000"
                + "08000c000d0c0000" + "0600010007000000" + "0500140001000000" + "0500130000000000" + "0500120000000000",
                RequestBytes.of(l2tp.createSession(session)));
    }

    @Test
    void anEthernetSessionOfVersion3HasCookiesSublayerReorderingAndName() {
        KernelSession session = new KernelSession(1, 2, 0xfffffffe, 4, Pseudowire.ETHERNET,
                Optional.of(new Header(new byte[] {1, 2, 3, 4}, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, false)), true, true, true, 300, "pw0");
        String bytes = RequestBytes.of(l2tp.createSession(session));
        assertTrue(bytes.contains("08000b00feffffff"), "our number, unsigned");
        assertTrue(bytes.contains("0600010005000000"), "Ethernet");
        assertTrue(bytes.contains("0c0016002c01000000000000"), "300 ms");
        assertTrue(bytes.contains("0500050000000000"), "no sublayer");
        assertTrue(bytes.contains("08000f0001020304"), "the cookie that we send");
        assertTrue(bytes.contains("0c0010000102030405060708"), "the cookie that we expect");
        assertTrue(bytes.endsWith("0800080070773000"), "the name with its zero");
    }

    @Test
    void sessionsWithoutCookiesSayNothingOfThem() {
        KernelSession session = new KernelSession(1, 2, 3, 4, Pseudowire.ETHERNET, Optional.of(new Header(new byte[0], new byte[0], true)),
                false, false, false, 0, "");
        String bytes = RequestBytes.of(l2tp.createSession(session));
        assertTrue(bytes.endsWith("0500050001000000"), "the default sublayer is the last word");
    }

    @Test
    void deletionsAreToldFromOtherNews() {
        NetlinkRequest deletion = l2tp.deleteSession(1, 3);
        NetlinkReader message = RequestBytes.echoed(deletion);
        assertTrue(l2tp.isDeletion(message));
        assertEquals(Optional.of(new SessionInfo(1, 3, "", SessionStatistics.NONE)), l2tp.sessionInfo(message));
        assertTrue(l2tp.isDeletion(RequestBytes.echoed(l2tp.deleteTunnel(1))));
        assertEquals(Optional.of(1), l2tp.tunnelId(RequestBytes.echoed(l2tp.deleteTunnel(1))));
        assertEquals(Optional.empty(), l2tp.sessionInfo(RequestBytes.echoed(l2tp.deleteTunnel(1))));
        assertEquals(false, l2tp.isDeletion(RequestBytes.echoed(l2tp.getSession(1, 3))));
    }

    @Test
    void whatASessionHasIsReadWithItsStatistics() {
        GenericFamily family = new GenericFamily("l2tp", 0x1c, Map.of());
        NetlinkReader answer = RequestBytes.echoed(family.request("answer", 8, 0, out -> out
                .attributeU32(9, 7).attributeU32(11, 0x80000001).attribute(8, "l2tpeth3")
                .nested(30, statistics -> statistics.attributeU64(1, 11).attributeU64(2, 22).attributeU64(3, 33).attribute(9, new byte[0])
                        .attributeU64(4, 44).attributeU64(5, 55).attributeU64(6, 66).attributeU64(7, 77).attributeU64(8, 88)
                        .attributeU64(10, 100).attributeU64(11, 110))));
        assertEquals(Optional.of(new SessionInfo(7, 0x80000001, "l2tpeth3",
                new SessionStatistics(11, 22, 33, 44, 55, 88, 66, 77, 100))), l2tp.sessionInfo(answer));
    }
}
