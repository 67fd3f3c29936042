package org.isthmus.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** The addresses of a socket of L2TP over IP. */
class L2tpIpSocketTest {
    @Test
    void holdTheIdentifierBehindTheAddress() throws Exception {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        assertEquals("0200" + "0000" + "c0000201" + "78563412" + "00000000", address("192.0.2.1"));
        assertEquals("0a00" + "0000" + "00000000" + "20010db8000000000000000000000001" + "00000000" + "78563412", address("2001:db8::1"));
    }

    private static String address(String host) throws Exception {
        return HexFormat.of().formatHex(L2tpIpSocket.address(InetAddress.getByName(host), 0x12345678));
    }
}
