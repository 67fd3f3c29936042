package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.protocol.wire.DatagramKind;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.linux.Errno;
import org.isthmus.linux.netlink.Prefix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Network packets of a session whose network is up, through an interface that is a pair of sockets: no privilege needed. */
@Timeout(60)
class NetworkPacketTest {

    private static final InetAddress LOCAL = ip("10.0.0.1");
    private static final InetAddress REMOTE = ip("10.0.0.2");
    private static final SessionPort NO_PORT = new Wire() {
        @Override
        public void pppFrame(ByteBuffer frame) {
            throw new AssertionError("not for the PPP engine: " + hex(frame));
        }
    };

    private FakeTun fake;
    private TunReader reader;
    private TunDevice device;
    private UserTunnel tunnel;
    private final NetworkSetup setup = new NoNetwork() {
        @Override
        public CompletionStage<Void> up(PppSession session, NetworkSpec network, int epoch) {
            session.opened(new OpenNetwork(device, true, true, network.mtu(),
                    session.filtersSources() ? SourceFilter.of(network) : SourceFilter.none(), epoch));
            return CompletableFuture.completedFuture(null);
        }
    };

    @BeforeEach
    void open() throws Exception {
        fake = new FakeTun();
        reader = TunReader.start("l2tp-tun-reader");
        device = TunDevice.shared(fake.tun);
        reader.add(device).join();
    }

    @AfterEach
    void close() throws Exception {
        reader.close();
        fake.close();
    }

    @Test
    void whatThePeerSendsReachesTheSystem() throws Exception {
        PppSession session = session((packet, dscp) -> 0, true, network(true));
        ByteBuffer data = dataPacket(TcpSyn.packet(4, 0, 0x10, new byte[0], new byte[10]), "10.0.0.2", "10.9.9.9", 3);

        receive(session, data);

        ByteBuffer got = ByteBuffer.allocateDirect(100);
        assertEquals(50, fake.receive(got), "padding is left behind");
        assertEquals(0, session.counters().rxErrors());
        assertEquals(1, session.counters().rxPackets());
    }

    @Test
    void aForeignSourceAddressIsDroppedUnlessItLiesBehindThePeer() throws Exception {
        PppSession session = session((packet, dscp) -> 0, true, network(false));
        receive(session, dataPacket(tcp(4), "10.0.0.3", "10.9.9.9", 0));
        assertEquals(1, session.counters().rxSpoofed());
        receive(session, dataPacket(tcp(4), "192.168.7.9", "10.9.9.9", 0));
        assertEquals(1, session.counters().rxSpoofed(), "192.168.7.0/24 is behind the peer");
        receive(session, dataPacket(tcp(6), "fd00::1", "fd00::2", 0));
        assertEquals(2, session.counters().rxSpoofed());

        PppSession open = session((packet, dscp) -> 0, false, network(false));
        receive(open, dataPacket(tcp(4), "10.0.0.3", "10.9.9.9", 0));
        assertEquals(0, open.counters().rxSpoofed());
        PppSession all = session((packet, dscp) -> 0, true, network(true));
        receive(all, dataPacket(tcp(4), "8.8.8.8", "10.9.9.9", 0));
        assertEquals(0, all.counters().rxSpoofed(), "with a default route to the peer, all is behind it");
    }

    @Test
    void aPacketThatIsNotWhatItSaysIsAnError() throws Exception {
        PppSession session = session((packet, dscp) -> 0, true, network(true));
        ByteBuffer long4 = dataPacket(tcp(4), "10.0.0.2", "10.9.9.9", 0);
        long4.putShort(8 + 2, (short) 2000);
        receive(session, long4);
        ByteBuffer six = dataPacket(tcp(4), "10.0.0.2", "10.9.9.9", 0);
        six.put(8, (byte) 0x65);
        receive(session, six);
        receive(session, Wire.direct("0002 0011 0012 0021 45"));
        assertEquals(3, session.counters().rxErrors());
        assertEquals(-Errno.EAGAIN, fake.receive(ByteBuffer.allocateDirect(10)));
    }

    @Test
    void whatTheSystemSendsReachesThePeerOfTheLongestPrefix() throws Exception {
        SynchronousQueue<String> first = new SynchronousQueue<>();
        SynchronousQueue<String> second = new SynchronousQueue<>();
        PppSession host = session((packet, dscp) -> offer(first, packet), true, network(false));
        PppSession rest = session((packet, dscp) -> offer(second, packet), true, network(true));
        device.route(new Prefix(ip("10.0.0.2"), 32), host);
        device.route(new Prefix(ip("0.0.0.0"), 0), rest);
        device.route(new Prefix(ip("fd00::"), 16), rest);

        ByteBuffer packet = addressed(tcp(4), "10.9.9.9", "10.0.0.2");
        fake.send(packet);
        assertEquals("000200210022ff030021" + Wire.hex(packet), first.poll(10, TimeUnit.SECONDS));
        packet = addressed(tcp(4), "10.9.9.9", "10.0.0.3");
        fake.send(packet);
        assertEquals("000200210022ff030021" + Wire.hex(packet), second.poll(10, TimeUnit.SECONDS));
        packet = addressed(tcp(6), "fd00::1", "fd00::2");
        fake.send(packet);
        assertEquals("000200210022ff030057" + Wire.hex(packet), second.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void aPacketLargerThanTheMtuIsDroppedAndCounted() throws Exception {
        PppSession session = session((packet, dscp) -> 0, true, network(true));
        ByteBuffer large = ByteBuffer.allocateDirect(3000).position(1000);
        large.put(1000, (byte) 0x45).limit(1000 + 1401);
        session.fromSystem(large, 4);
        assertEquals(1, session.counters().txTooBig());
        session.fromSystem(large.limit(1000 + 1400).position(1000), 4);
        assertEquals(1, session.counters().txPackets());
        assertEquals(1400, session.counters().txBytes());
    }

    @Test
    void connectionsOfBothDirectionsAreClampedToTheMtuOfTheMoment() throws Exception {
        PppSession session = session((packet, dscp) -> 0, true, network(true));
        byte[] mss = {2, 4, 0x05, (byte) 0xb4};
        for (int mtu : new int[] {1400, 1300, 1350}) {
            session.mtu(mtu);
            for (int version : new int[] {4, 6}) {
                int header = version == 4 ? 20 : 40;
                int option = header + 22;
                receive(session, dataPacket(TcpSyn.packet(version, 0, 2, mss, new byte[0]), version == 4 ? "10.0.0.2" : "fd00::2",
                        version == 4 ? "10.9.9.9" : "fd00::1", 0));
                ByteBuffer in = ByteBuffer.allocateDirect(100);
                assertEquals(header + 24, fake.receive(in));
                assertEquals(mtu - header - 20, in.getShort(option));

                ByteBuffer out = TcpSyn.packet(version, 288, 2, mss, new byte[0]);
                session.fromSystem(out, version);
                assertEquals(mtu - header - 20, out.getShort(288 + option));
            }
        }
    }

    @Test
    void packetsCarryTheDscpOfTheirSession() throws Exception {
        SessionSpec plain = Wire.v2("s1", 0x12, 0x22, true, false, false, false, 0, false, true, "", 1400, true, true);
        SessionSpec expedited = new SessionSpec(plain.name(), plain.sessionId(), plain.peerSessionId(), plain.lns(), plain.sequencing(),
                plain.header(), plain.pseudowire(), plain.interfaceName(), plain.mtu(), 46);
        int[] sent = {-1};
        tunnel = new UserTunnel(Wire.tunnel(2), (packet, dscp) -> {
            sent[0] = dscp;
            return 0;
        }, setup, () -> ByteBuffer.allocateDirect(2000), ReorderPlaces.budget(), new ParkedTunnels(new NoNetwork()));
        tunnel.openSession(expedited.numberedFrom(5), NO_PORT).toCompletableFuture().get().sendPpp(Wire.direct("c021 01"));
        assertEquals(46, sent[0]);
    }

    @Test
    void afterTheNetworkIsDownNothingPasses() throws Exception {
        PppSession session = session((packet, dscp) -> 0, true, network(true));
        assertEquals("fake", session.interfaceName());
        session.networkDown();
        assertEquals("", session.interfaceName());
        session.fromSystem(TcpSyn.packet(4, 288, 0x10, new byte[0], new byte[0]), 4);
        assertEquals(1, session.counters().txErrors());
        // A late word of the system's thread does not open it again.
        session.opened(new OpenNetwork(device, true, true, 1400, SourceFilter.none(), 0));
        session.fromSystem(TcpSyn.packet(4, 288, 0x10, new byte[0], new byte[0]), 4);
        assertEquals(2, session.counters().txErrors());
    }

    @Test
    void theHotPathAllocatesNothing() throws Exception {
        int warmUp = 20_000;
        int packets = 100_000;
        AtomicLong reached = new AtomicLong();
        AtomicLong readerThread = new AtomicLong();
        PppSession session = session((packet, dscp) -> {
            readerThread.set(Thread.currentThread().getId());
            reached.getAndIncrement();
            return 0;
        }, true, network(false));
        device.route(new Prefix(ip("10.0.0.2"), 32), session);
        byte[] mss = {2, 4, 0x05, (byte) 0xb4};
        ByteBuffer in = dataPacket(TcpSyn.packet(4, 0, 2, mss, new byte[0]), "10.0.0.2", "10.9.9.9", 0);
        ByteBuffer spoofed = dataPacket(tcp(4), "10.0.0.3", "10.9.9.9", 0);
        ByteBuffer out = addressed(TcpSyn.packet(4, 0, 2, mss, new byte[0]), "10.9.9.9", "10.0.0.2");
        ByteBuffer got = ByteBuffer.allocateDirect(2000);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long worker = Thread.currentThread().getId();
        long workerBefore = 0;
        long readerBefore = 0;

        for (int i = 0; i < warmUp + packets; i++) {
            if (i == warmUp) {
                workerBefore = threads.getThreadAllocatedBytes(worker);
                readerBefore = threads.getThreadAllocatedBytes(readerThread.get());
            }
            tunnel.receive(in.limit(in.capacity()).position(0), 0);
            tunnel.receive(spoofed.limit(spoofed.capacity()).position(0), 0);
            assertTrue(fake.receive(got.clear()) > 0);
            fake.send(out);
            long expected = i + 1L;
            while (reached.get() < expected) {
                Thread.onSpinWait();
            }
        }

        long workerBytes = threads.getThreadAllocatedBytes(worker) - workerBefore;
        long readerBytes = threads.getThreadAllocatedBytes(readerThread.get()) - readerBefore;
        assertEquals(warmUp + packets, session.counters().rxSpoofed());
        assertEquals(warmUp + packets, session.counters().txPackets());
        assertTrue(workerBytes < packets, workerBytes + " bytes on the worker");
        assertTrue(readerBytes < packets, readerBytes + " bytes on the reader");
    }

    private PppSession session(TunnelPort port, boolean filter, NetworkSpec network) throws Exception {
        SessionSpec spec = Wire.v2("s1", 0x12, 0x22, true, false, false, false, 0, false, true, "", 1400, true, filter);
        tunnel = new UserTunnel(Wire.tunnel(2), port, setup, () -> ByteBuffer.allocateDirect(2000), ReorderPlaces.budget(), new ParkedTunnels(new NoNetwork()));
        PppSession session = (PppSession) tunnel.openSession(spec, NO_PORT).toCompletableFuture().get();
        session.networkUp(network).toCompletableFuture().get();
        return session;
    }

    private static NetworkSpec network(boolean defaultRoute) throws Exception {
        return new NetworkSpec(Optional.of(LOCAL), Optional.of(REMOTE), Optional.of((Inet6Address) ip("fe80::1")),
                Optional.of((Inet6Address) ip("fe80::2")), 1400, List.of(new org.isthmus.api.config.Prefix(ip("192.168.7.1"), 24)), defaultRoute);
    }

    private static ByteBuffer tcp(int version) {
        return TcpSyn.packet(version, 0, 0x10, new byte[0], new byte[0]);
    }

    private static ByteBuffer addressed(ByteBuffer packet, String source, String destination) {
        int at = packet.position();
        boolean inet = packet.get(at) >> 4 == 4;
        byte[] from = ip(source).getAddress();
        byte[] to = ip(destination).getAddress();
        for (int i = 0; i < from.length; i++) {
            packet.put(at + (inet ? 12 : 8) + i, from[i]);
            packet.put(at + (inet ? 16 : 24) + i, to[i]);
        }
        return packet;
    }

    private static ByteBuffer dataPacket(ByteBuffer packet, String source, String destination, int padding) {
        addressed(packet, source, destination);
        ByteBuffer data = ByteBuffer.allocateDirect(8 + packet.remaining() + padding);
        data.put(Wire.direct("0002 0011 0012")).putShort((short) (packet.get(packet.position()) >> 4 == 4 ? 0x21 : 0x57));
        return data.put(packet).position(0).limit(data.capacity());
    }

    private static void receive(PppSession session, ByteBuffer packet) {
        DataHeader header = new DataHeader();
        assertEquals(DatagramKind.DATA, header.parse(packet));
        session.receive(packet, header, 0);
    }

    private static int offer(SynchronousQueue<String> queue, ByteBuffer packet) {
        try {
            queue.offer(Wire.hex(packet), 10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
