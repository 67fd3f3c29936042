package org.isthmus.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isthmus.linux.netlink.RouteRequests;
import org.isthmus.linux.netlink.RouteSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.ByteBuffer;

/** What is promised of sockets for an IP protocol, on the loopback interface of a namespace of the test's own. */
@Timeout(20)
@ExtendWith(OwnNamespace.class)
class RawSocketTest {
    /** For experiments (RFC 3692). */
    private static final int PROTOCOL = 253;

    @Test
    void everySocketGetsACopyAndKeepsWhatItsFilterSays() throws Exception {
        loopbackUp();
        for (AddressFamily family : AddressFamily.values()) {
            everySocketGetsACopy(family);
        }
    }

    private static void everySocketGetsACopy(AddressFamily family) throws Exception {
        try (RawSocket even = RawSocket.open(family, PROTOCOL); RawSocket odd = RawSocket.open(family, PROTOCOL)) {
            even.keepOnly(keeping(family, 0));
            odd.keepOnly(keeping(family, 1));
            UdpPath path = UdpPath.to(UdpSocketTest.loopback(family, 0));
            for (int word = 0; word < 10; word++) {
                assertEquals(4, even.send(ByteBuffer.allocateDirect(4).putInt(word).flip(), path));
            }
            assertEquals("0 2 4 6 8 ", words(even));
            assertEquals("1 3 5 7 9 ", words(odd));
        }
    }

    @Test
    void aPacketTellsWhereItComesFromAndToWhatAddress() throws Exception {
        loopbackUp();
        for (AddressFamily family : AddressFamily.values()) {
            aPacketTells(family);
        }
    }

    private static void aPacketTells(AddressFamily family) throws Exception {
        try (RawSocket socket = RawSocket.open(family, PROTOCOL)) {
            socket.packetInfo(true);
            socket.send(ByteBuffer.allocateDirect(9000), UdpPath.to(UdpSocketTest.loopback(family, 0)));
            ReceiveBatch batch = new ReceiveBatch(1, 10_000);
            assertEquals(1, batch.receive(socket));
            assertEquals(9000, batch.data(0).remaining() - socket.payloadOffset(batch.data(0)));
            assertEquals(UdpSocketTest.loopback(family, 0), batch.source(0));
            assertEquals(UdpSocketTest.loopback(family, 0).getAddress(), batch.local(0).orElseThrow());
        }
    }

    private static void loopbackUp() throws Exception {
        try (RouteSocket routes = RouteSocket.open()) {
            routes.execute(RouteRequests.setUp(1, true));
        }
    }

    private static SocketFilter keeping(AddressFamily family, int rest) {
        SocketFilter filter = new SocketFilter();
        return (family == AddressFamily.INET ? filter.indexInetHeader() : filter.index(0)).loadWordBehind(0).modulo(2)
                .skipIfEqual(rest, 0, 1).keep().drop();
    }

    private static String words(RawSocket socket) {
        ReceiveBatch batch = new ReceiveBatch(16, 100);
        StringBuilder words = new StringBuilder();
        for (int slot = 0, received = batch.receive(socket); slot < received; slot++) {
            ByteBuffer packet = batch.data(slot);
            words.append(packet.getInt(socket.payloadOffset(packet))).append(' ');
        }
        return words.toString();
    }
}
