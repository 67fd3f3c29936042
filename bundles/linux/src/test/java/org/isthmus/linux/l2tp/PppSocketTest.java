package org.isthmus.linux.l2tp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.l2tp.KernelSession.Pseudowire;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;

/** The four kinds of address of a PPPoL2TP socket, whose length and order differ. */
class PppSocketTest {
    private static final String BEGIN = "1800" + "01000000" + "00000000" + "ffffffff";
    private final KernelSession session = new KernelSession(0x1234, 0x5678, 0x0a0b, 0x0c0d, Pseudowire.PPP, Optional.empty(), false, false,
            false, 0, "");

    @BeforeEach
    void bytesAreLittleEndian() {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    }

    private String address(int version, AddressFamily family) {
        return HexFormat.of().formatHex(PppSocket.address(session, version, family));
    }

    @Test
    void overIpv4TheIdentifiersAreLast() {
        String inet = "0200" + "0".repeat(28);
        assertEquals(BEGIN + inet + "34120b0a78560d0c", address(2, AddressFamily.INET));
        assertEquals(BEGIN + inet + "34120000" + "0b0a0000" + "78560000" + "0d0c0000", address(3, AddressFamily.INET));
        assertEquals(2 * 38, address(2, AddressFamily.INET).length());
        assertEquals(2 * 46, address(3, AddressFamily.INET).length());
    }

    @Test
    void overIpv6TheIdentifiersComeFirst() {
        String inet6 = "0a00" + "0".repeat(52);
        assertEquals(BEGIN + "34120b0a78560d0c" + inet6, address(2, AddressFamily.INET6));
        assertEquals(BEGIN + "34120000" + "0b0a0000" + "78560000" + "0d0c0000" + inet6, address(3, AddressFamily.INET6));
        assertEquals(2 * 50, address(2, AddressFamily.INET6).length());
        assertEquals(2 * 58, address(3, AddressFamily.INET6).length());
    }
}
