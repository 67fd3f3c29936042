package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.EthernetPseudowire;
import org.isthmus.api.dataplane.Pseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.api.dataplane.VlanPseudowire;
import org.isthmus.linux.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Frames of Ethernet and of one VLAN between the peer and an interface that is two sockets. */
class EthernetSessionTest {

    private static final byte[] COOKIE = {1, 2, 3, 4};
    private static final String MACS = "020000000001" + "020000000002";
    private static final String HEADER = "00000012" + "01020304" + "00000000";

    private final Wire wire = new Wire();
    private FakeTun fake;
    private TapDevice device;
    private UserTunnel tunnel;

    @BeforeEach
    void open() throws Exception {
        fake = new FakeTun();
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void aFrameOfThePeerGoesToTheInterfaceAsItIs() throws Exception {
        SessionPath session = session(new EthernetPseudowire("", 0), Sequencing.NONE, wire);
        for (String frame : List.of(MACS + "0800" + "45", MACS + "8100" + "0007" + "0806" + "0001")) {
            tunnel.receive(Wire.direct(HEADER + frame), 0);
            assertEquals(frame, received());
        }
        tunnel.receive(Wire.direct(HEADER + MACS + "08"), 0);
        assertEquals(1, session.counters().rxErrors());
        assertEquals(3, session.counters().rxPackets());
        assertEquals(15 + 20, session.counters().rxBytes());
        assertEquals("fake", session.interfaceName());
    }

    @Test
    void aFrameOfTheInterfaceGoesToThePeerAndIsNumberedByWhatItCarries() throws Exception {
        SessionPath session = session(new EthernetPseudowire("", 0), new Sequencing(DataSequencing.NON_IP, false, 0), wire);
        fromSystem(MACS + "0806" + "0001");
        fromSystem(MACS + "0800" + "4500");
        fromSystem(MACS + "86dd" + "6000");
        fromSystem(MACS + "8100" + "0007" + "0800" + "45");
        fromSystem(MACS + "88cc" + "01");
        String id = "00000022" + "0a0b0c0d";
        assertEquals(List.of(id + "40000000" + MACS + "08060001", id + "00000000" + MACS + "08004500",
                id + "00000000" + MACS + "86dd6000", id + "00000000" + MACS + "81000007" + "080045",
                id + "40000001" + MACS + "88cc01"), wire.sent);
        assertEquals(5, session.counters().txPackets());
    }

    @Test
    void ofAVlanTheTagIsOnTheWayAndNotOnTheInterface() throws Exception {
        SessionPath session = session(new VlanPseudowire(7, "", 0), Sequencing.NONE, wire);
        tunnel.receive(Wire.direct(HEADER + MACS + "8100" + "a007" + "0806" + "0001"), 0);
        assertEquals(MACS + "08060001", received(), "whatever the priority");
        tunnel.receive(Wire.direct(HEADER + MACS + "8100" + "0007" + "8100" + "0008" + "0806" + "0001"), 0);
        assertEquals(MACS + "81000008" + "08060001", received(), "a second tag is the customer's");
        fromSystem(MACS + "0806" + "0001");
        assertEquals(List.of("00000022" + "0a0b0c0d" + "00000000" + MACS + "81000007" + "08060001"), wire.sent);

        tunnel.receive(Wire.direct(HEADER + MACS + "8100" + "0008" + "0806" + "0001"), 0);
        tunnel.receive(Wire.direct(HEADER + MACS + "0806" + "0001" + "00000000"), 0);
        tunnel.receive(Wire.direct(HEADER + MACS + "8100" + "0000" + "0806" + "0001"), 0);
        assertEquals(-Errno.EAGAIN, fake.receive(ByteBuffer.allocateDirect(100)));
        assertEquals(3, session.counters().rxWrongVlan());
        assertEquals(0, session.counters().rxErrors());
    }

    @Test
    void aFrameThatTheWayCannotTakeIsCounted() throws Exception {
        SessionPath session = session(new EthernetPseudowire("", 0), Sequencing.NONE, (packet, dscp) -> -Errno.EMSGSIZE);
        fromSystem(MACS + "0806" + "0001");
        assertEquals(1, session.counters().txTooBig());
    }

    @Test
    void thereIsNoPppInIt() throws Exception {
        SessionPath session = session(new EthernetPseudowire("", 0), Sequencing.NONE, wire);
        session.sendPpp(Wire.direct("c021"));
        session.networkDown();
        assertEquals(List.of(), wire.sent);
        assertThrows(ExecutionException.class, () -> session.networkUp(NoNetwork.SPEC).toCompletableFuture().get());
    }

    @Test
    void afterTheEndNothingPasses() throws Exception {
        SessionPath session = session(new EthernetPseudowire("", 0), Sequencing.NONE, wire);
        session.close();
        fromSystem(MACS + "0806" + "0001");
        assertEquals(List.of(), wire.sent);
        assertEquals(1, session.counters().txErrors());
        assertEquals("", session.interfaceName());
    }

    @Test
    void theHotPathAllocatesNothing() throws Exception {
        long[] sent = {0};
        SessionPath session = session(new VlanPseudowire(7, "", 0), new Sequencing(DataSequencing.ALL, true, 100),
                (packet, dscp) -> (int) (sent[0]++ & 0));
        int packets = 100_000;
        ByteBuffer in = Wire.direct("00000012" + "01020304" + "40000000" + MACS + "8100" + "0007" + "0800" + "45");
        byte[] whole = new byte[in.remaining()];
        in.duplicate().get(whole);
        ByteBuffer out = ByteBuffer.allocateDirect(FrameSender.HEADROOM + 1500);
        ByteBuffer got = ByteBuffer.allocateDirect(2000);
        Allocation.assertNone(packets, i -> {
            // Each second packet comes before the first.
            in.clear().put(whole).flip().putInt(8, 0x4000_0000 | (i ^ 1));
            tunnel.receive(in, i);
            device.forward(out.clear().position(FrameSender.HEADROOM).limit(FrameSender.HEADROOM + 1000));
            if ((i & 1) != 0) {
                assertTrue(fake.receive(got.clear()) > 0 && fake.receive(got.clear()) > 0);
            }
        });
        assertEquals(packets, sent[0]);
        assertEquals(packets / 2, session.counters().rxReordered());
    }

    private SessionPath session(Pseudowire pseudowire, Sequencing sequencing, TunnelPort port) throws Exception {
        NoNetwork system = new NoNetwork() {
            @Override
            public CompletionStage<Void> open(EthernetSession session) {
                device = new TapDevice(fake.tun, 1, session);
                session.opened(device);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void close(EthernetSession session) {
                session.opened(null);
            }
        };
        tunnel = new UserTunnel(Wire.v3Tunnel(Encapsulation.IP), port, system, () -> ByteBuffer.allocateDirect(2000), ReorderPlaces.budget(), new ParkedTunnels(new NoNetwork()));
        return tunnel.openSession(new SessionSpec("s1", 0x12, 0x22, true, sequencing,
                new V3Header(COOKIE, new byte[] {10, 11, 12, 13}, true, true), pseudowire, "", 1500), wire).toCompletableFuture().get();
    }

    private void fromSystem(String frame) {
        ByteBuffer hex = Wire.direct(frame);
        ByteBuffer buffer = ByteBuffer.allocateDirect(FrameSender.HEADROOM + hex.remaining()).position(FrameSender.HEADROOM);
        device.forward(buffer.put(hex).flip().position(FrameSender.HEADROOM));
    }

    private String received() {
        ByteBuffer got = ByteBuffer.allocateDirect(100);
        fake.receive(got);
        return Wire.hex(got.flip());
    }
}
