package org.isthmus.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isthmus.linux.netlink.InterfaceAddress;
import org.isthmus.linux.netlink.RouteRequests;
import org.isthmus.linux.netlink.RouteSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What packets look like on the wire, and what is heard of those that a router found too big, on a TUN interface that plays the router. */
@Timeout(20)
@ExtendWith(OwnNamespace.class)
class TooBigTest {
    private static final int TRAFFIC_CLASS = 46 << 2;
    private static final int L2TP = 115;
    private static final String PAYLOAD = "a tunnel's packet";

    @Test
    void aSocketThatFragmentsHearsWhatBecameOfThePacketsOfOneThatDoesNot() throws Exception {
        try (Tun tun = tun()) {
            for (AddressFamily family : AddressFamily.values()) {
                InetSocketAddress peer = peer(family, 1701);
                try (UdpSocket whole = UdpSocket.open(family); UdpSocket pieces = UdpSocket.open(family)) {
                    for (UdpSocket socket : new UdpSocket[] {whole, pieces}) {
                        socket.reusePort(true);
                        socket.bind(new InetSocketAddress(family == AddressFamily.INET ? "0.0.0.0" : "::", 1701));
                        socket.receiveErrors(true);
                    }
                    isHeardBy(tun, whole, pieces, peer);
                }
            }
        }
    }

    @Test
    void overIpToo() throws Exception {
        try (Tun tun = tun()) {
            for (AddressFamily family : AddressFamily.values()) {
                try (RawSocket whole = RawSocket.open(family, L2TP); RawSocket pieces = RawSocket.open(family, L2TP)) {
                    pieces.receiveErrors(true);
                    isHeardBy(tun, whole, pieces, peer(family, 0));
                }
            }
        }
    }

    private static void isHeardBy(Tun tun, IpSocket whole, IpSocket pieces, InetSocketAddress peer) throws Exception {
        whole.dontFragment(true);
        pieces.dontFragment(false);
        boolean inet = whole.family() == AddressFamily.INET;
        UdpPath path = UdpPath.to(peer, local(whole.family())).withTrafficClass(TRAFFIC_CLASS);
        assertEquals(PAYLOAD.length(), sendWhenUp(whole, path));
        ByteBuffer packet = read(tun, inet ? 4 : 6);
        assertEquals(TRAFFIC_CLASS, inet ? packet.get(1) & 0xff : packet.getInt(0) >>> 20 & 0xff);
        if (inet) {
            assertEquals(0x4000, packet.getShort(6) & 0x4000, "Don't Fragment");
        }

        tun.write(inet ? fragmentationNeeded(packet, 1200) : packetTooBig(packet, 1300));
        SocketError error = pieces.pollError().or(() -> whole.pollError()).orElseThrow();
        assertEquals(Errno.EMSGSIZE, error.errno());
        assertEquals(SocketError.Origin.ICMP, error.origin());
        assertEquals(inet ? 1200 : 1300, error.mtu());
        assertEquals(peer, error.destination());
        assertEquals(ByteBuffer.wrap(PAYLOAD.getBytes()), error.quoted());

        // The kernel does not take the router at its word: what is believed is up to whoever reads the error.
        assertEquals(1400, whole.send(ByteBuffer.allocateDirect(1400), path));
        read(tun, inet ? 4 : 6);
        assertEquals(1400, pieces.send(ByteBuffer.allocateDirect(1400), UdpPath.to(peer)));
        ByteBuffer whole1400 = read(tun, inet ? 4 : 6);
        if (inet) {
            assertEquals(0, whole1400.getShort(6) & 0x6000, "routers may fragment it, this host has no reason to");
            assertEquals(0, whole1400.get(1));
        }
    }

    /** ICMP destination unreachable, fragmentation needed (RFC 1191): quotes the packet. */
    private static ByteBuffer fragmentationNeeded(ByteBuffer quoted, int mtu) {
        ByteBuffer out = ByteBuffer.allocateDirect(28 + quoted.remaining());
        out.put((byte) 0x45).put((byte) 0).putShort((short) out.capacity()).putInt(0).put((byte) 64).put((byte) 1).putShort((short) 0)
                .put(quoted.slice(16, 4)).put(quoted.slice(12, 4));
        out.put((byte) 3).put((byte) 4).putShort((short) 0).putShort((short) 0).putShort((short) mtu).put(quoted.duplicate()).flip();
        out.putShort(10, sum(out, 0, 20, 0));
        out.putShort(22, sum(out, 20, out.limit(), 0));
        return out;
    }

    /** ICMPv6 packet too big (RFC 4443 section 3.2). */
    private static ByteBuffer packetTooBig(ByteBuffer quoted, int mtu) {
        int length = 8 + quoted.remaining();
        ByteBuffer out = ByteBuffer.allocateDirect(40 + length);
        out.putInt(6 << 28).putShort((short) length).put((byte) 58).put((byte) 64).put(quoted.slice(24, 16)).put(quoted.slice(8, 16));
        out.put((byte) 2).put((byte) 0).putShort((short) 0).putInt(mtu).put(quoted.duplicate()).flip();
        out.putShort(42, sum(out, 8, out.limit(), length + 58));
        return out;
    }

    private static short sum(ByteBuffer packet, int from, int to, int pseudo) {
        int sum = pseudo;
        for (int at = from; at < to; at += 2) {
            sum += (packet.get(at) & 0xff) << 8 | (at + 1 < to ? packet.get(at + 1) & 0xff : 0);
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    private static Tun tun() throws Exception {
        Tun tun = Tun.open(Tun.Kind.TUN, "t0");
        try (RouteSocket routes = RouteSocket.open()) {
            routes.execute(RouteRequests.withoutAutomaticAddress(tun.index()));
            routes.execute(RouteRequests.setUp(tun.index(), true));
            for (AddressFamily family : AddressFamily.values()) {
                routes.execute(RouteRequests.addAddress(InterfaceAddress.pointToPoint(tun.index(), local(family),
                        peer(family, 0).getAddress())));
            }
        }
        return tun;
    }

    private static InetAddress local(AddressFamily family) throws Exception {
        return InetAddress.getByName(family == AddressFamily.INET ? "10.0.0.1" : "fd00::1");
    }

    private static InetSocketAddress peer(AddressFamily family, int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(family == AddressFamily.INET ? "10.0.0.2" : "fd00::2"), port);
    }

    /** The next packet of ours: the kernel's own, to groups of hosts, may come in between. */
    private static ByteBuffer read(Tun tun, int version) {
        ByteBuffer packet = ByteBuffer.allocateDirect(2000);
        int length;
        do {
            length = tun.read(packet.clear());
        } while (length > 0 && (packet.get(0) >>> 4 & 0xf) != version || length > 24 && version == 6 && packet.get(24) == (byte) 0xff);
        return packet.position(0).limit(Math.max(length, 0));
    }

    /** The kernel gives an interface its IPv6 routes some time after it was switched on. */
    private static int sendWhenUp(IpSocket socket, UdpPath path) {
        ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD.length()).put(PAYLOAD.getBytes()).flip();
        int sent = socket.send(payload, path);
        for (long end = System.nanoTime() + 10_000_000_000L; sent == -Errno.ENETUNREACH && System.nanoTime() < end;) {
            Thread.onSpinWait();
            sent = socket.send(payload, path);
        }
        return sent;
    }
}
