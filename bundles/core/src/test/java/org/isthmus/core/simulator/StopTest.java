package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.AdminException;
import org.isthmus.api.SessionState;
import org.isthmus.api.TunnelState;
import org.isthmus.api.config.Schema;
import org.isthmus.core.engine.Worker;
import org.junit.jupiter.api.Test;

/** The engine stops in the middle of things, and grows beyond what a peer takes at once. */
class StopTest {

    @Test
    void anEngineThatStopsWithoutALeaveGivesEverythingBackAndTellsListeners() {
        Pair pair = new Pair(1).up();
        pair.lns.engine().stop();
        assertEquals(0, pair.lns.pool().out());
        assertEquals(0, pair.lns.dataplane().openTunnels());
        assertEquals(0, pair.lns.openPorts());
        assertEquals(0, pair.lns.events().open().size());
        assertEquals(java.util.List.of(), pair.lns.events().faults());
    }

    @Test
    void afterTheStopNothingIsMadeAndNobodyWaitsForAnAnswer() {
        Pair pair = new Pair(2).up();
        Worker worker = pair.lac.workers().get(0);
        pair.lac.engine().stop();
        assertThrows(IllegalStateException.class, () -> pair.lac.apply(Pair.LAC));
        assertThrows(AdminException.class, () -> pair.lac.admin().createTunnel("late",
                Conf.settings(Schema.TUNNEL, "peer 10.0.0.2")));
        assertEquals(0, pair.lac.admin().tunnels().size());
        boolean[] ran = new boolean[1];
        worker.execute(() -> ran[0] = true);
        assertEquals(false, ran[0]);
        assertEquals(0, pair.lac.workers().size());
    }

    @Test
    void aTunnelWithMoreSessionsThanAPeerTakesAtOncePlacesThemOneAfterTheOther() {
        Pair pair = new Pair(3);
        pair.world.withoutTrace();
        StringBuilder sessions = new StringBuilder();
        for (int i = 0; i < 6_000; i++) {
            sessions.append("session \"s").append(i).append("\" {\nuser_name bob\nuser_password builder\n}\n");
        }
        pair.lns.apply(Pair.LNS.replace("host_name lns", "host_name lns\nmax_sessions 20"));
        pair.lac.apply(Pair.LAC.replace("session \"alice\"", sessions + "session \"alice\""));
        pair.world.runSeconds(30);
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        assertEquals(20, pair.lns.admin().sessions().size());
        assertEquals(5_981, pair.lac.admin().sessions().stream()
                .filter(session -> session.state() == SessionState.DOWN).count(), "each one was tried");
        assertTrue(pair.lns.counter("sessions_refused") == 5_981);
        pair.assertNothingLeft();
    }
}
