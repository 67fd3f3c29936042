package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelState;
import org.isthmus.api.dataplane.Dataplane;
import org.junit.jupiter.api.Test;

/** An appliance fails and is started again: its sessions go on, and the peer's never went down (RFC 4951). */
class FailoverTest {
    private static final int WORKERS = 3;
    private static final String LASTING = "failover true\n recovery_time 60000\n secret hush\n auth_mode challenge\n";
    private static final String LNS = Pair.LNS + "tunnel profile \"default\" {\n" + LASTING + "}\n";

    private static final String LAC = Pair.LAC.replace("peer 10.0.0.2\n", "peer 10.0.0.2\n persist true\n" + LASTING);

    /** What must not change: identifiers, addresses, user. */
    private static List<Object> identity(Appliance appliance) {
        SessionStatus session = appliance.admin().sessions().get(0);
        PppLinkStatus ppp = session.ppp().orElseThrow();
        return List.of(session.tunnelId(), session.sessionId(), session.peerSessionId(), address(ppp.localAddress()),
                address(ppp.remoteAddress()), ppp.userName());
    }

    private static InetAddress address(Optional<InetAddress> address) {
        return address.orElseThrow();
    }

    private static Pair up() {
        Pair pair = new Pair(4951, WORKERS);
        pair.lns.apply(LNS);
        pair.lac.apply(LAC);
        pair.settle();
        assertTrue(pair.isUp(), pair.world::trace);
        pair.assertPackets();
        return pair;
    }

    @Test
    void sessionsOutliveTheLac() {
        Pair pair = up();
        List<Object> atLac = identity(pair.lac);
        List<Object> atLns = identity(pair.lns);
        Optional<Instant> since = pair.lns.admin().sessions().get(0).upSince();
        pair.lac.kill();
        pair.world.runSeconds(15);
        Appliance lac = pair.lac.startAgain();
        lac.apply(LAC);
        pair.world.runSeconds(5);
        assertEquals(TunnelState.ESTABLISHED, lac.tunnel("office").state(), pair.world::trace);
        assertEquals(atLac, identity(lac), pair.world::trace);
        assertEquals(atLns, identity(pair.lns));
        assertEquals(since, pair.lns.admin().sessions().get(0).upSince(), "it never went down");
        assertEquals(1, lac.tunnel("office").counters().get("recoveries"));
        assertEquals(0, lac.tunnel("office").counters().get("tx_icrq"));
        assertTrue(lac.tunnel("office").protocol().remark().contains("recovered"));
        Expect.packets(pair.world, lac, "office/alice", pair.lns, pair.lnsSession());
        Expect.nothingLeft(pair.world, lac, pair.lns);
        assertEquals(0, lac.states().size(), "nothing is kept of a tunnel that is over");
        assertEquals(0, pair.lns.states().size());
    }

    @Test
    void theSocketOfATunnelFollowsItsPeerToAnotherPort() {
        Pair pair = new Pair(4952, WORKERS);
        SimDataplane kernel = new SimDataplane(pair.world, "kernel");
        kernel.can(EnumSet.allOf(Dataplane.Ability.class));
        pair.lns.engine().dataplanes(List.of(kernel));
        pair.lns.apply(LNS);
        int shared = pair.lns.openPorts();
        pair.lac.apply(LAC);
        pair.settle();
        assertTrue(pair.isUp(), pair.world::trace);
        SimDataplane.Session before = kernel.all().get(0);
        InetSocketAddress port = pair.lns.admin().tunnels().get(0).peer().orElseThrow();
        pair.lac.kill();
        pair.world.runSeconds(15);
        Appliance lac = pair.lac.startAgain();
        lac.takePort(port.getPort());
        lac.apply(LAC);
        pair.world.runSeconds(5);
        assertEquals(TunnelState.ESTABLISHED, lac.tunnel("office").state(), pair.world::trace);
        assertNotEquals(port, pair.lns.admin().tunnels().get(0).peer().orElseThrow());
        assertEquals(shared + 1, pair.lns.openPorts(), "the tunnel still has its own socket");
        assertEquals(List.of(before), kernel.all(), "and so its data plane goes on");
        pair.world.runSeconds(200);
        assertEquals(TunnelState.ESTABLISHED, lac.tunnel("office").state(), "HELLOs pass through it");
    }

    @Test
    void sessionsOutliveTheLns() {
        Pair pair = up();
        List<Object> atLac = identity(pair.lac);
        List<Object> atLns = identity(pair.lns);
        Optional<Instant> since = pair.lac.session("office/alice").upSince();
        pair.lns.kill();
        pair.world.runSeconds(15);
        Appliance lns = pair.lns.startAgain();
        lns.apply(LNS);
        pair.world.runSeconds(5);
        assertEquals(atLac, identity(pair.lac), pair.world::trace);
        assertEquals(atLns, identity(lns), pair.world::trace);
        assertEquals(since, pair.lac.session("office/alice").upSince(), "it never went down");
        assertEquals(1, lns.pool().out(), "the address is lent again");
        Expect.packets(pair.world, pair.lac, "office/alice", lns, lns.admin().sessions().get(0).fullName());
        Expect.nothingLeft(pair.world, pair.lac, lns);
    }

    @Test
    void pppDoesNotTireOfAPeerThatTheTunnelWaitsFor() {
        Pair pair = new Pair(4953, WORKERS);
        pair.lns.apply(LNS.replace("recovery_time 60000", "recovery_time 300000"));
        pair.lac.apply(LAC);
        pair.settle();
        Optional<Instant> since = pair.lac.session("office/alice").upSince();
        pair.lns.kill();
        pair.world.runSeconds(250);
        assertEquals(since, pair.lac.session("office/alice").upSince(), "more than lcp_echo_interval times lcp_echo_failure_count");
        Appliance lns = pair.lns.startAgain();
        lns.apply(LNS);
        pair.world.runSeconds(90);
        assertEquals(since, pair.lac.session("office/alice").upSince(), "and it is asked anew before it is given up");
        Expect.packets(pair.world, pair.lac, "office/alice", lns, lns.admin().sessions().get(0).fullName());
        pair.lac.removeDataplane(); // the control connection lives, PPP does not
        pair.world.runSeconds(200);
        assertEquals(0, lns.admin().sessions().size(), "a peer that is back and answers nothing is given up");
    }

    @Test
    void bothMayFailAtOnce() {
        Pair pair = up();
        List<Object> atLac = identity(pair.lac);
        pair.lac.kill();
        pair.lns.kill();
        pair.world.runSeconds(10);
        Appliance lns = pair.lns.startAgain();
        lns.apply(LNS);
        Appliance lac = pair.lac.startAgain();
        lac.apply(LAC);
        pair.world.runSeconds(20);
        assertEquals(atLac, identity(lac), pair.world::trace);
        Expect.packets(pair.world, lac, "office/alice", lns, lns.admin().sessions().get(0).fullName());
        Expect.nothingLeft(pair.world, lac, lns);
    }

    @Test
    void aTunnelHasThePortThatItHadBefore() {
        Pair pair = up();
        InetSocketAddress port = pair.lns.admin().tunnels().get(0).peer().orElseThrow();
        pair.lac.kill();
        Appliance lac = pair.lac.startAgain();
        lac.apply(LAC + "tunnel \"another\" { peer 10.0.0.3 }");
        pair.world.runSeconds(5);
        assertEquals(port, pair.lns.admin().tunnels().get(0).peer().orElseThrow());
    }

    @Test
    void withoutFailoverNothingIsKeptAndTheTunnelIsOpenedAnew() {
        Pair pair = new Pair(4951, WORKERS);
        pair.lns.apply(LNS.replace("failover true", "failover false"));
        pair.lac.apply(LAC);
        pair.settle();
        List<Object> before = identity(pair.lac);
        assertEquals(0, pair.lac.states().size(), "the peer cannot");
        pair.lac.kill();
        Appliance lac = pair.lac.startAgain();
        lac.apply(LAC);
        pair.world.runSeconds(5);
        assertNotEquals(before, identity(lac));
    }

    @Test
    void aTunnelThatIsNoLongerConfiguredIsForgotten() {
        Pair pair = up();
        pair.lac.kill();
        Appliance lac = pair.lac.startAgain();
        lac.apply("system {\n host_name lac\n}\n");
        pair.world.runSeconds(5);
        assertEquals(List.of(), lac.admin().tunnels());
        assertEquals(0, lac.states().size());
    }
}
