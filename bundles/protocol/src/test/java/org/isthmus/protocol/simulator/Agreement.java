package org.isthmus.protocol.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionData;
import org.isthmus.protocol.tunnel.SessionState;
import org.isthmus.protocol.tunnel.TunnelState;
import org.isthmus.protocol.wire.MessageType;

/** What must hold when the network has healed and everybody has had time. */
final class Agreement {

    private Agreement() {
    }

    /** Every tunnel of this host is up at the other end too, with the same sessions, or gone and said why. */
    static void check(Host host) {
        for (Watch watch : host.tunnels()) {
            assertEquals(TunnelState.ESTABLISHED, watch.tunnel().state(), () -> "neither up nor gone: " + watch);
            Watch far = watch.peer().tunnels().stream()
                    .filter(w -> w.tunnel().localId() == watch.tunnel().remoteId()).findFirst().orElse(null);
            assertTrue(far != null && far.tunnel().remoteId() == watch.tunnel().localId(),
                    () -> "the other end does not know " + watch);
            assertEquals(watch.tunnel().version(), far.tunnel().version(), () -> "versions of " + watch);
            assertEquals(identifiers(watch, false), identifiers(far, true), () -> "sessions of " + watch);
            watch.tunnel().sessions().forEach(s -> data(s, far.tunnel().session(s.remoteId()).orElseThrow()));
            // One may be a HELLO on its way.
            assertTrue(watch.tunnel().channel().queued() <= 1, () -> "messages still queued by " + watch);
        }
        for (Watch watch : host.history()) {
            assertTrue(watch.wasEstablished() || watch.isDead() || watch.closeCause().isPresent(),
                    () -> "neither established nor told why not: " + watch);
            accepted(watch);
        }
    }

    /** Both data paths do what the other one expects. */
    private static void data(Session session, Session other) {
        if (session.data().isEmpty()) {
            return;
        }
        SessionData ours = session.data().get();
        SessionData theirs = other.data().orElseThrow();
        assertEquals(ours.type(), theirs.type());
        assertArrayEquals(ours.localCookie(), theirs.remoteCookie());
        assertEquals(ours.sublayerExpected(), theirs.sublayerSent());
        assertEquals(ours.sequencingExpected(), theirs.sequencingSent());
        assertEquals(ours.localCircuit().known(), theirs.remoteCircuit().known());
    }

    /** No end has accepted more messages of a type than the other end wrote: none counted twice. */
    private static void accepted(Watch watch) {
        Optional<Watch> far = partner(watch);
        if (far.isEmpty()) {
            return;
        }
        for (MessageType type : MessageType.values()) {
            long received = watch.tunnel().counters().received(type);
            long sent = far.get().tunnel().counters().sent(type);
            assertTrue(type == MessageType.ZLB || received <= sent,
                    () -> watch + " accepted " + received + " " + type + ", the other end wrote " + sent);
        }
    }

    private static Optional<Watch> partner(Watch watch) {
        List<Watch> found = watch.peer().history().stream()
                .filter(w -> w.wasEstablished() && w.tunnel().localId() == watch.tunnel().remoteId()
                        && w.tunnel().remoteId() == watch.tunnel().localId()).toList();
        return watch.wasEstablished() && found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static Set<String> identifiers(Watch watch, boolean swapped) {
        Set<String> pairs = new TreeSet<>();
        for (Session session : watch.tunnel().sessions()) {
            assertEquals(SessionState.ESTABLISHED, session.state(), session::toString);
            assertTrue(session.mayCarryData(), session::toString);
            pairs.add(swapped ? session.remoteId() + "/" + session.localId()
                    : session.localId() + "/" + session.remoteId());
        }
        return pairs;
    }
}
