package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.isthmus.api.AdminException;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.Schema;
import org.isthmus.handover.Parcel;
import org.junit.jupiter.api.Test;

/** A new version of the engine goes on where the old one was, and nobody notices. */
class HandOverTest {

    /** What must not change: identifiers, times, addresses, user. */
    private static List<Object> identity(Appliance appliance) {
        SessionStatus session = appliance.admin().sessions().get(0);
        TunnelStatus tunnel = appliance.admin().tunnels().get(0);
        return List.of(tunnel.tunnelId(), tunnel.peerTunnelId(), tunnel.created(), tunnel.upSince(), tunnel.name(), session.name(),
                session.sessionId(), session.peerSessionId(), session.created(), session.upSince(),
                session.ppp().orElseThrow().localAddress(), session.ppp().orElseThrow().remoteAddress(),
                session.ppp().orElseThrow().userName(), session.interfaceName());
    }

    @Test
    void sessionsGoOnAtBothEnds() {
        goOnAtBothEnds(Appliance::handOver);
    }

    /** Nobody is told anything, nothing is sent twice that counts, and no address is lent twice: it is as if nothing had happened. */
    @Test
    void sessionsGoOnWhenTheProcessIsKilled() {
        goOnAtBothEnds(Appliance::restart);
    }

    /** At every moment of a set-up, with messages on their way. */
    @Test
    void aTunnelThatIsBeingSetUpGoesOnWhenTheProcessIsKilled() {
        for (int millis = 0; millis < 60; millis++) {
            Pair pair = new Pair(millis);
            pair.world.impair(new Impairment(0, 0, 2, 3));
            pair.lns.apply(Pair.LNS);
            pair.lac.apply(Pair.LAC);
            pair.world.runFor(millis);
            Appliance killed = millis % 2 == 0 ? pair.lac : pair.lns;
            killed.restart(4_000);
            pair.world.runSeconds(20);
            assertTrue(pair.isUp(), pair.world::trace);
            pair.assertPackets();
            pair.assertNothingLeft();
        }
    }

    private interface Change {
        void at(Appliance appliance, long pauseMillis);
    }

    private static void goOnAtBothEnds(Change change) {
        for (int workers = 1; workers <= 3; workers++) {
            Pair pair = new Pair(workers, workers).up();
            assertTrue(pair.isUp(), pair.world::trace);
            List<Object> atLac = identity(pair.lac);
            List<Object> atLns = identity(pair.lns);
            pair.lac.events().lines();
            pair.lns.events().lines();
            for (int i = 0; i < 3; i++) {
                change.at(pair.lac, 50);
                pair.world.runFor(70);
                change.at(pair.lns, 0);
                pair.world.runSeconds(1);
                assertEquals(atLac, identity(pair.lac), pair.world::trace);
                assertEquals(atLns, identity(pair.lns), pair.world::trace);
                pair.assertPackets();
            }
            assertEquals(List.of(), pair.lac.events().lines(), "nobody is told anything");
            assertEquals(List.of(), pair.lns.events().lines());
            pair.world.runSeconds(300);
            assertEquals(atLac, identity(pair.lac), pair.world::trace);
            pair.assertPackets();
            pair.assertNothingLeft();
        }
    }

    /** The faulty version has said and heard things that the one before it knows nothing of. */
    @Test
    void anEngineGoesOnFromWhereAFaultyOneDid() {
        for (int messages = 0; messages <= 3; messages++) {
            Pair pair = new Pair(1, 2).up();
            List<Object> atLac = identity(pair.lac);
            List<Object> atLns = identity(pair.lns);
            Parcel kept = pair.lns.handOver(50);
            for (int i = 0; i < messages; i++) {
                pair.lac.admin().hello();
                pair.lns.admin().hello();
                pair.world.runSeconds(1);
            }
            pair.lns.goBack(kept, 100);
            pair.lac.admin().hello();
            pair.world.runSeconds(5);
            for (Appliance end : List.of(pair.lac, pair.lns)) {
                Map<String, Long> counters = end.admin().tunnels().get(0).counters();
                assertEquals(counters.get("ns"), counters.get("peer_nr"), "all is acknowledged");
            }
            assertEquals(atLac, identity(pair.lac), pair.world::trace);
            assertEquals(atLns, identity(pair.lns), pair.world::trace);
            pair.assertPackets();
            pair.world.runSeconds(300);
            assertEquals(atLac, identity(pair.lac), pair.world::trace);
            pair.assertPackets();
            pair.assertNothingLeft();
        }
    }

    /** Calls that a faulty version has placed or taken are over with it, and their peer knows. */
    @Test
    void whatAFaultyEngineBeganIsOver() throws AdminException {
        Pair pair = new Pair(1, 1).up();
        List<Object> atLac = identity(pair.lac);
        Parcel kept = pair.lac.handOver(50);
        pair.lac.admin().createSession("office", "late", Conf.settings(Schema.SESSION, "user_name bob\nuser_password builder"));
        pair.world.runSeconds(5);
        assertEquals(2, pair.lns.admin().sessions().size(), pair.world::trace);
        pair.lac.goBack(kept, 100);
        pair.world.runSeconds(5);
        assertEquals(1, pair.lns.admin().sessions().size(), pair.world::trace);
        assertEquals(atLac, identity(pair.lac), pair.world::trace);
        pair.assertPackets();
    }
}
