package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;

import org.isthmus.api.TunnelState;
import org.isthmus.api.dataplane.Dataplane.Ability;
import org.isthmus.core.simulator.SimDataplane.Fault;
import org.isthmus.core.simulator.SimDataplane.Point;
import org.junit.jupiter.api.Test;

/** Which data plane serves a tunnel. */
class DataplaneChoiceTest {
    private final Pair pair = new Pair(21);
    private final SimDataplane user = pair.lns.dataplane();
    private final SimDataplane kernel = new SimDataplane(pair.world, "kernel");

    private void bothAreThere() {
        kernel.can(EnumSet.allOf(Ability.class));
        pair.lns.engine().dataplanes(List.of(kernel, user));
    }

    @Test
    void noneIsAskedBeforeTheConfigurationIsKnown() {
        kernel.fault(Point.CONFIGURE, Fault.THROWS);
        bothAreThere();
        assertEquals(0, pair.lns.counter("plugin_failures"));
        pair.lns.apply(Pair.LNS);
        assertTrue(pair.lns.counter("plugin_failures") > 0);
    }

    @Test
    void theBestOneServesATunnelThroughASocketOfTheTunnelsOwn() {
        bothAreThere();
        pair.lns.apply(Pair.LNS);
        int shared = pair.lns.openPorts();
        pair.up();
        assertEquals(1, kernel.openSessions());
        assertEquals(0, user.openTunnels());
        assertEquals(shared + 1, pair.lns.openPorts());
        pair.world.runSeconds(200);
        assertTrue(pair.isUp(), "HELLOs pass through it");
        pair.assertNothingLeft();
        assertEquals(shared, pair.lns.openPorts(), "the tunnel's socket is closed");
    }

    @Test
    void aPeerThatStartsAnewIsHeardThroughTheSocketOfItsOldTunnel() {
        bothAreThere();
        pair.up();
        pair.lac.kill();
        Appliance again = new Appliance(pair.world, "lac", 1, "10.0.0.1", "2001:db8::1");
        again.apply(Pair.LAC);
        pair.settle();
        assertEquals(TunnelState.ESTABLISHED, again.tunnel("office").state());
    }

    @Test
    void theOneThatIsNamedServesAndAnotherNameMovesTheTunnel() {
        bothAreThere();
        pair.lns.apply(Pair.LNS.replace("host_name lns", "host_name lns\ndataplane sim"));
        pair.lac.apply(Pair.LAC);
        pair.settle();
        assertEquals(1, user.openSessions());
        pair.lns.apply(Pair.LNS.replace("host_name lns", "host_name lns\ndataplane kernel"));
        pair.settle();
        assertEquals(1, kernel.openSessions());
        assertEquals(0, user.openTunnels());
        assertEquals(1, pair.lns.counter("tunnels_created"));
    }

    @Test
    void aTunnelThatIsBeingMovedIsNotMovedASecondTime() {
        bothAreThere();
        pair.lns.apply(Pair.LNS.replace("host_name lns", "host_name lns\ndataplane sim"));
        pair.lac.apply(Pair.LAC);
        pair.settle();
        kernel.latency(100);
        pair.lns.apply(Pair.LNS.replace("host_name lns", "host_name lns\ndataplane kernel"));
        pair.lns.engine().dataplanes(List.of(kernel, user));
        pair.settle();
        assertEquals(1, kernel.openSessions());
        assertEquals(1, kernel.askedForTunnels(), "two at a time would be in each other's way");
    }

    @Test
    void oneThatCannotWorkOrCannotCarryTheTunnelIsPassedOver() {
        bothAreThere();
        kernel.objects("no module");
        pair.lns.engine().dataplanes(List.of(kernel, user));
        pair.up();
        assertEquals(1, user.openSessions());
        assertEquals("sim", pair.lns.admin().system().dataplane());
    }

    @Test
    void whatOneRefusesTheNextIsAsked() {
        bothAreThere();
        kernel.fault(Point.OPEN_TUNNEL, Fault.REFUSES);
        pair.up();
        assertEquals(1, user.openSessions());
        pair.assertPackets();
    }

    @Test
    void withoutTheOneThatIsNamedCallsAreRefusedUntilItComes() {
        pair.lns.apply(Pair.LNS.replace("host_name lns", "host_name lns\ndataplane kernel"));
        pair.lac.apply(Pair.LAC.replace("peer 10", "persist yes\npeer 10"));
        pair.settle();
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        assertTrue(pair.lns.counter("sessions_refused") > 0);
        bothAreThere();
        pair.world.runSeconds(100);
        assertEquals(1, kernel.openSessions());
    }
}
