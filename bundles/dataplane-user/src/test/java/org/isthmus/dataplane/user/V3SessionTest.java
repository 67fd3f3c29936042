package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.EthernetPseudowire;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.V3Header;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** PPP over L2TPv3: both encapsulations, cookies, the sublayer, and what makes no sense. */
class V3SessionTest {

    private static final byte[] NONE = {};
    private static final byte[] OURS = HexFormat.of().parseHex("a0a1a2a3");
    private static final byte[] THEIRS = HexFormat.of().parseHex("b0b1b2b3b4b5b6b7");
    private static final int BIG_ID = 0xf0000012;

    private final Wire wire = new Wire();

    @Test
    void overUdpAFrameHasTheFlagsTheIdTheCookieAndTheSublayer() throws Exception {
        TunnelPath tunnel = tunnel(Encapsulation.UDP);
        SessionPath session = open(tunnel, spec(sequencing(DataSequencing.ALL, 0), new V3Header(OURS, THEIRS, true, true)));
        session.sendPpp(Wire.direct("c021 01010004"));
        session.sendPpp(Wire.direct("c021 01010004"));
        tunnel.receive(Wire.direct("00030000 f0000012 a0a1a2a3 40000007 ff03 c021 01010004"), 0);
        tunnel.receive(Wire.direct("00030000 f0000012 a0a1a2a3 00000000 c021 01010004"), 0);

        assertEquals(List.of(
                "00030000" + "e0000022" + "b0b1b2b3b4b5b6b7" + "40000000" + "c02101010004",
                "00030000" + "e0000022" + "b0b1b2b3b4b5b6b7" + "40000001" + "c02101010004"), wire.sent);
        assertEquals(List.of("c02101010004", "c02101010004"), wire.frames);
        assertEquals(2, session.counters().rxPackets());
    }

    @Test
    void overIpTheIdComesFirst() throws Exception {
        TunnelPath tunnel = tunnel(Encapsulation.IP);
        SessionPath session = open(tunnel, spec(Sequencing.NONE, new V3Header(NONE, NONE, false, false)));
        session.sendPpp(Wire.direct("c021 01010004"));
        tunnel.receive(Wire.direct("f0000012 c021 01010004"), 0);
        tunnel.receive(Wire.direct("00000000 c021 01010004"), 0);

        assertEquals(List.of("e0000022" + "c02101010004"), wire.sent);
        assertEquals(List.of("c02101010004"), wire.frames);
        assertEquals(1, tunnel.counters().malformed(), "0 is for control messages");
    }

    @Test
    void aWrongCookieIsDroppedAndCountedAndNothingElse() throws Exception {
        TunnelPath tunnel = tunnel(Encapsulation.UDP);
        SessionPath session = open(tunnel, spec(Sequencing.NONE, new V3Header(OURS, THEIRS, false, false)));
        tunnel.receive(Wire.direct("00030000 f0000012 a0a1a2a4 c021 01010004"), 0);
        tunnel.receive(Wire.direct("00030000 f0000012 00000000 c021 01010004"), 0);
        tunnel.receive(Wire.direct("00030000 f0000012 a0a1a2"), 0);
        tunnel.receive(Wire.direct("00030000 f0000013 a0a1a2a3 c021"), 0);
        tunnel.receive(Wire.direct("00020000 f0000012 a0a1a2a3 c021"), 0);
        tunnel.receive(Wire.direct("00030000 f000"), 0);

        assertEquals(2, session.counters().rxWrongCookie());
        assertEquals(1, session.counters().rxErrors());
        assertEquals(1, tunnel.counters().unknownSession());
        assertEquals(2, tunnel.counters().malformed());
        assertEquals(List.of(), wire.frames);
    }

    @Test
    void nothingIsSentToAnEndThatTakesNothing() throws Exception {
        SessionPath session = open(tunnel(Encapsulation.IP), spec(Sequencing.NONE, new V3Header(NONE, NONE, false, false)));
        session.hold(true);
        session.sendPpp(Wire.direct("c021 01010004"));
        assertEquals(List.of(), wire.sent);
        assertEquals(1, session.counters().txErrors());
        session.hold(false);
        session.sendPpp(Wire.direct("c021 01010004"));
        assertEquals(List.of("e0000022" + "c02101010004"), wire.sent);
    }

    @Test
    void withoutSublayerNothingIsNumbered() throws Exception {
        SessionPath session = open(tunnel(Encapsulation.IP),
                spec(sequencing(DataSequencing.ALL, 0), new V3Header(NONE, NONE, false, false)));
        session.sendPpp(Wire.direct("c021"));
        assertEquals(List.of("e0000022c021"), wire.sent);
    }

    @Test
    void whatIsNotIpIsNumberedIfThatIsAllThatIsAskedFor() throws Exception {
        TunnelPath tunnel = tunnel(Encapsulation.IP);
        SessionPath session = open(tunnel,
                spec(new Sequencing(DataSequencing.NON_IP, true, 0), new V3Header(NONE, NONE, true, true)));
        session.sendPpp(Wire.direct("c021"));
        tunnel.receive(Wire.direct("f0000012 00000000 c021 01"), 0);
        tunnel.receive(Wire.direct("f0000012 00000000 0021 45"), 0);
        tunnel.receive(Wire.direct("f0000012 40000000 c021 02"), 0);
        assertEquals(List.of("e0000022" + "40000000" + "c021"), wire.sent);
        assertEquals(1, session.counters().rxUnsequenced());
        assertEquals(List.of("002145", "c02102"), wire.frames);
    }

    @Test
    void packetsArePutInOrderAndTheTunnelSaysWhenItsTimeIsWanted() throws Exception {
        TunnelPath tunnel = tunnel(Encapsulation.IP);
        SessionPath session = open(tunnel, spec(sequencing(DataSequencing.ALL, 50), new V3Header(NONE, NONE, true, true)));
        assertEquals(TunnelPath.NEVER, tunnel.nextTimeoutMillis());
        tunnel.receive(Wire.direct("f0000012 40000001 c021 01"), 1_000);
        assertEquals(1_050, tunnel.nextTimeoutMillis());
        tunnel.receive(Wire.direct("f0000012 40000000 c021 00"), 1_010);
        assertEquals(List.of("c02100", "c02101"), wire.frames);
        tunnel.receive(Wire.direct("f0000012 40000003 c021 03"), 1_020);
        tunnel.timeout(1_050);
        assertEquals(1_070, tunnel.nextTimeoutMillis());
        tunnel.timeout(1_070);
        assertEquals(List.of("c02100", "c02101", "c02103"), wire.frames);
        assertEquals(TunnelPath.NEVER, tunnel.nextTimeoutMillis());
        assertEquals(1, session.counters().rxReordered());
    }

    @Test
    void aSessionThatEndsWhilePacketsWaitTakesThemAlong() throws Exception {
        TunnelPath tunnel = tunnel(Encapsulation.IP);
        for (int id = 1; id <= 3; id++) {
            SessionPath session = open(tunnel, new SessionSpec("s" + id, id, id, true, sequencing(DataSequencing.ALL, 50),
                    new V3Header(NONE, NONE, true, true), new PppPseudowire(false, true, true), "", 1400));
            tunnel.receive(Wire.direct("0000000" + id + " 40000001 c021 0" + id), 0);
            if (id == 2) {
                session.close();
            }
        }
        tunnel.timeout(50);
        assertEquals(List.of("c02103", "c02101"), wire.frames);
    }

    @Test
    void anInterfaceThatTheSystemRefusesLeavesTheIdFree() throws Exception {
        SessionSpec spec = new SessionSpec("s", 5, 5, true, Sequencing.NONE, new V3Header(NONE, NONE, false, false),
                new EthernetPseudowire("", 0), "a name of more than 15 letters", 1500);
        UserDataplane plane = new UserDataplane();
        try {
            TunnelPath real = plane.openTunnel(Wire.tunnel(3), wire).toCompletableFuture().get();
            for (int i = 0; i < 2; i++) {
                String why = assertThrows(ExecutionException.class,
                        () -> real.openSession(spec, wire).toCompletableFuture().get()).getCause().getMessage();
                assertTrue(why.startsWith("the interface of session s (id 5) of tunnel t1 (id 17) could not be set up: "), why);
            }
        } finally {
            plane.deactivate();
        }
    }

    @Test
    void aHeaderOfTheOtherVersionIsRefused() {
        String why = assertThrows(ExecutionException.class, () -> open(tunnel(Encapsulation.UDP), Wire.session(true)))
                .getCause().getMessage();
        assertEquals("session s1: tunnel t1 (id 17) is of L2TPv3, the session's header is not", why);
    }

    private TunnelPath tunnel(Encapsulation encapsulation) {
        return new UserTunnel(Wire.v3Tunnel(encapsulation), wire, new NoNetwork(), () -> ByteBuffer.allocateDirect(2000), ReorderPlaces.budget(), new ParkedTunnels(new NoNetwork()));
    }

    private SessionPath open(TunnelPath tunnel, SessionSpec spec) throws Exception {
        return tunnel.openSession(spec, wire).toCompletableFuture().get();
    }

    private static Sequencing sequencing(DataSequencing send, int reorderTimeoutMillis) {
        return new Sequencing(send, false, reorderTimeoutMillis);
    }

    private static SessionSpec spec(Sequencing sequencing, V3Header header) {
        return new SessionSpec("s1", BIG_ID, 0xe0000022, true, sequencing, header, new PppPseudowire(false, true, true), "", 1400);
    }
}
