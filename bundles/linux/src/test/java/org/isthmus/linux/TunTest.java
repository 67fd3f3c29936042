package org.isthmus.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.linux.netlink.InterfaceAddress;
import org.isthmus.linux.netlink.RouteRequests;
import org.isthmus.linux.netlink.RouteSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** TUN and TAP, and what only a network of one's own can show of UDP. */
@Tag("netns")
@Timeout(20)
@ExtendWith(OwnNamespace.class)
class TunTest {

    @Test
    void aPacketGoesOutThroughTunAndTheAnswerComesIn() throws Exception {
        try (Tun tun = Tun.open(Tun.Kind.TUN, "l2tp%d"); Epoll epoll = Epoll.open(4)) {
            assertEquals("l2tp0", tun.name());
            up(tun, "10.0.0.1", "10.0.0.2", 1500);
            epoll.add(tun.descriptor(), Epoll.READ, 1);
            try (UdpSocket socket = UdpSocket.open(AddressFamily.INET)) {
                socket.bind(new InetSocketAddress("10.0.0.1", 7000));
                socket.send(UdpSocketTest.direct("ping"), UdpPath.to(new InetSocketAddress("10.0.0.2", 9000)));

                assertEquals(1, epoll.await(5_000));
                ByteBuffer packet = ByteBuffer.allocateDirect(2000);
                assertEquals(32, readUdp(tun, packet));
                turnAround(packet.flip());
                assertEquals(32, tun.write(packet));
                assertEquals(0, packet.position());

                ReceiveBatch in = new ReceiveBatch(1, 100);
                assertEquals(1, in.receive(socket));
                assertEquals("ping", UdpSocketTest.text(in.data(0)));
                assertEquals(new InetSocketAddress("10.0.0.2", 9000), in.source(0));
                assertEquals(-Errno.EAGAIN, readUdp(tun, packet));
            }
        }
    }

    @Test
    void theInterfaceGoesAwayWithItsDescriptorAndSurvivesAHandOver() throws Exception {
        try (RouteSocket routes = RouteSocket.open()) {
            Tun before = Tun.open(Tun.Kind.TUN, "t0");
            int index = before.index();
            try (Tun after = Tun.adopt(Descriptor.adopt(before.descriptor().release()), Tun.Kind.TUN, "t0")) {
                assertEquals(index, after.index());
            }
            assertTrue(routes.link("t0").isEmpty());
        }
    }

    @Test
    void twoQueuesServeOneInterface() throws Exception {
        try (Tun first = Tun.open(Tun.Kind.TUN, "t0", Tun.Option.MULTI_QUEUE); Tun second = first.openQueue()) {
            assertEquals(first.index(), second.index());
        }
        try (Tun single = Tun.open(Tun.Kind.TUN, "t1")) {
            LinuxException busy = assertThrows(LinuxException.class, () -> Tun.open(Tun.Kind.TUN, "t1"));
            assertEquals(Errno.EBUSY, busy.errno());
            assertEquals("make the TUN interface 't1': EBUSY, device or resource busy", busy.getMessage());
            assertEquals("t1", single.name());
        }
    }

    @Test
    void aTapCarriesFrames() throws Exception {
        try (Tun tap = Tun.open(Tun.Kind.TAP, "tap0")) {
            assertEquals(-Errno.EIO, tap.write(ByteBuffer.allocateDirect(60)), "while it is down");
            up(tap, "10.0.0.1", "10.0.0.2", 1500);
            assertEquals(60, tap.write(ByteBuffer.allocateDirect(60)));
        }
    }

    @Test
    void theMtuOfThePathIsToldWithTheRefusal() throws Exception {
        try (Tun tun = Tun.open(Tun.Kind.TUN, "t0"); UdpSocket socket = UdpSocket.open(AddressFamily.INET)) {
            up(tun, "10.0.0.1", "10.0.0.2", 1300);
            InetSocketAddress peer = new InetSocketAddress("10.0.0.2", 1701);
            socket.receiveErrors(true);
            socket.dontFragment(true);

            assertEquals(-Errno.EMSGSIZE, socket.send(ByteBuffer.allocateDirect(1300), UdpPath.to(peer)));

            SocketError error = socket.pollError().orElseThrow();
            assertEquals(Errno.EMSGSIZE, error.errno());
            assertEquals(SocketError.Origin.LOCAL, error.origin());
            assertEquals(1300, error.mtu());
            assertEquals(peer.getAddress(), error.destination().getAddress());
            socket.dontFragment(false);
            assertEquals(1300, socket.send(ByteBuffer.allocateDirect(1300), UdpPath.to(peer)));
            socket.mark(7);
        }
    }

    private static void up(Tun tun, String local, String peer, int mtu) throws Exception {
        try (RouteSocket routes = RouteSocket.open()) {
            routes.execute(RouteRequests.setMtu(tun.index(), mtu));
            routes.execute(RouteRequests.withoutAutomaticAddress(tun.index()));
            routes.execute(RouteRequests.addAddress(InterfaceAddress.pointToPoint(
                    tun.index(), InetAddress.getByName(local), InetAddress.getByName(peer))));
            routes.execute(RouteRequests.setUp(tun.index(), true));
        }
    }

    /** Reads until an IPv4 packet comes: the kernel's own IPv6 packets may come in between. */
    private static int readUdp(Tun tun, ByteBuffer packet) {
        int length = tun.read(packet.clear());
        while (length > 0 && packet.get(0) >> 4 != 4) {
            length = tun.read(packet.clear());
        }
        return length;
    }

    /** Swaps addresses and ports of an IPv4 UDP packet; the checksums stay right. */
    private static void turnAround(ByteBuffer packet) {
        int source = packet.getInt(12);
        packet.putInt(12, packet.getInt(16)).putInt(16, source);
        short port = packet.getShort(20);
        packet.putShort(20, packet.getShort(22)).putShort(22, port);
    }
}
