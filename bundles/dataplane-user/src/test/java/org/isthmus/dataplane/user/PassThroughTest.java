package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.EthernetPseudowire;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.V2Header;
import org.isthmus.api.dataplane.V3Header;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

/** Tunnel switching: what comes by one session leaves by another, whatever their headers are. */
class PassThroughTest {

    private static final byte[] NONE = {};

    private final Wire lacWire = new Wire();
    private final Wire lnsWire = new Wire();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(FrameSender.HEADROOM + 1500);
    private final UserTunnel toLac = new UserTunnel(Wire.tunnel(2), lacWire, new NoNetwork(), () -> scratch, ReorderPlaces.budget(), new ParkedTunnels(new NoNetwork()));
    private final UserTunnel toLns = new UserTunnel(Wire.v3Tunnel(Encapsulation.UDP), lnsWire, new NoNetwork(), () -> scratch, ReorderPlaces.budget(), new ParkedTunnels(new NoNetwork()));

    @Test
    void framesOfAllKindsGoOnWithANewHeader() throws Exception {
        SessionPath lac = open(toLac, Wire.session(true));
        SessionPath lns = open(toLns, v3(new Sequencing(DataSequencing.NON_IP, false, 0), new V3Header(NONE, new byte[8], true, true)));
        lac.passTo(lns);
        lac.networkUp(NoNetwork.SPEC);

        toLac.receive(Wire.direct("0002 0011 0012 ff03 c021 01010004"), 0);
        toLac.receive(Wire.direct("0002 0011 0012 ff03 0021 4500"), 0);
        toLac.receive(Wire.direct("0002 0011 0012 57 6000"), 0);
        toLns.receive(Wire.direct("00030000 00000012 00000000 c021 02010004"), 0);

        assertEquals(List.of(
                "00030000" + "00000022" + "0000000000000000" + "40000000" + "c02101010004",
                "00030000" + "00000022" + "0000000000000000" + "00000000" + "00214500",
                "00030000" + "00000022" + "0000000000000000" + "00000000" + "576000"), lnsWire.sent);
        assertEquals(List.of("000200210022" + "ff03" + "c02102010004"), lacWire.sent);
        assertEquals(List.of(), lacWire.frames);
        assertEquals(List.of(), lnsWire.frames);
        assertEquals(3, lac.counters().rxPackets());
        assertEquals(3, lns.counters().txPackets());
        assertEquals(lac.counters().rxBytes(), lns.counters().txBytes());
        assertEquals(1, lac.counters().txPackets());
    }

    @Test
    void theOrderIsMendedOnTheWay() throws Exception {
        SessionPath lac = open(toLac, new SessionSpec("s1", 0x12, 0x22, true, new Sequencing(DataSequencing.ALL, true, 100),
                V2Header.PLAIN, new PppPseudowire(false, true, true), "", 1400));
        lac.passTo(open(toLns, v3(new Sequencing(DataSequencing.ALL, true, 0), new V3Header(NONE, NONE, true, true))));
        for (int ns : new int[] {0, 2, 3, 1, 1}) {
            toLac.receive(Wire.direct("0802 0011 0012 000" + ns + " 0000 c021 0" + ns), 0);
        }
        assertEquals(List.of("00030000" + "00000022" + "40000000" + "c02100", "00030000" + "00000022" + "40000001" + "c02101",
                "00030000" + "00000022" + "40000002" + "c02102", "00030000" + "00000022" + "40000003" + "c02103"), lnsWire.sent);
        assertEquals(1, lac.counters().rxDuplicate());
    }

    @Test
    void itEndsForBothWithOneOfThem() throws Exception {
        SessionPath lac = open(toLac, Wire.session(true));
        SessionPath lns = open(toLns, v3(Sequencing.NONE, new V3Header(NONE, NONE, false, false)));
        lac.passTo(lns);
        lns.close();
        toLac.receive(Wire.direct("0002 0011 0012 c021"), 0);
        assertEquals(List.of("c021"), lacWire.frames);
        assertEquals(List.of(), lnsWire.sent);

        SessionPath again = open(toLns, v3(Sequencing.NONE, new V3Header(NONE, NONE, false, false)));
        again.passTo(lac);
        again.passTo(null);
        toLac.receive(Wire.direct("0002 0011 0012 c022"), 0);
        assertEquals(List.of("c021", "c022"), lacWire.frames);
    }

    @Test
    void aFrameTooLongForTheWayIsCounted() throws Exception {
        SessionPath lac = open(toLac, Wire.session(true));
        SessionPath lns = open(toLns, v3(Sequencing.NONE, new V3Header(NONE, new byte[8], false, false)));
        lac.passTo(lns);
        toLac.receive(ByteBuffer.allocateDirect(2000).put(Wire.direct("0002 0011 0012 c021")).position(0), 0);
        assertEquals(1, lns.counters().txTooBig());
    }

    @Test
    void whatIsNoPppIsNotPassedOn() throws Exception {
        SessionPath lac = open(toLac, Wire.session(true));
        EthernetSession ethernet = new EthernetSession(toLns, new SessionSpec("e", 1, 1, true, Sequencing.NONE,
                new V3Header(NONE, NONE, false, false), new EthernetPseudowire("", 0), "", 1500), lnsWire, new NoNetwork());
        assertThrows(IllegalArgumentException.class, () -> lac.passTo(ethernet));
        assertThrows(IllegalArgumentException.class, () -> ethernet.passTo(lac));
        assertThrows(IllegalArgumentException.class, () -> lac.passTo(lac));
    }

    @Test
    void passingOnAllocatesNothing() throws Exception {
        long[] sent = {0};
        UserTunnel from = new UserTunnel(Wire.tunnel(2), (packet, dscp) -> 0, new NoNetwork(), () -> scratch, ReorderPlaces.budget(), new ParkedTunnels(new NoNetwork()));
        UserTunnel to = new UserTunnel(Wire.v3Tunnel(Encapsulation.IP), (packet, dscp) -> (int) (sent[0]++ & 0), new NoNetwork(), () -> scratch, ReorderPlaces.budget(), new ParkedTunnels(new NoNetwork()));
        open(from, Wire.session(true)).passTo(open(to, v3(Sequencing.NONE, new V3Header(NONE, new byte[8], true, true))));
        ByteBuffer packet = Wire.direct("0002 0011 0012 ff03 0021 45000014");
        int length = packet.limit();
        int packets = 200_000;
        Allocation.assertNone(packets, i -> from.receive(packet.clear().limit(length), i));
        assertEquals(packets, sent[0]);
    }

    private static SessionSpec v3(Sequencing sequencing, V3Header header) {
        return new SessionSpec("s2", 0x12, 0x22, false, sequencing, header, new PppPseudowire(false, true, true), "", 1400);
    }

    private SessionPath open(UserTunnel tunnel, SessionSpec spec) throws Exception {
        return tunnel.openSession(spec, tunnel == toLns ? lnsWire : lacWire).toCompletableFuture().get();
    }
}
