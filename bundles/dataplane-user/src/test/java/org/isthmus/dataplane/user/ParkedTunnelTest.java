package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.dataplane.ParkableSessionPort;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.V2Header;
import org.isthmus.linux.Errno;
import org.junit.jupiter.api.Test;

/** An engine goes and another one comes: it finds the paths as they were, and nothing is told to the one that has gone. */
class ParkedTunnelTest {
    private final Wire before = new Wire();
    private final Wire after = new Wire();
    private final List<Runnable> later = new ArrayList<>();
    private final ParkedTunnels parked = new ParkedTunnels(new NoNetwork() {
        @Override
        public void later(Runnable what, long millis) {
            later.add(what);
        }
    });
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(2000);
    private final UserTunnel tunnel = new UserTunnel(Wire.tunnel(2), before, new NoNetwork(), () -> scratch, ReorderPlaces.budget(), parked);

    private static SessionSpec session(int peerId) {
        return new SessionSpec("s1", 0x12, peerId, true, Sequencing.NONE, V2Header.PLAIN, new PppPseudowire(false, true, true), "", 1400);
    }

    private SessionPath open(SessionSpec spec, Wire port) throws Exception {
        return tunnel.openSession(spec, port).toCompletableFuture().get();
    }

    @Test
    void anotherEngineFindsTheSamePaths() throws Exception {
        SessionPath path = open(session(0x22), before);
        tunnel.receive(Wire.direct("0002 0011 0012 c021 01"), 0);
        tunnel.park();
        tunnel.receive(Wire.direct("0002 0011 0012 c021 02"), 0);
        assertEquals(Optional.of(tunnel), parked.take(Wire.tunnel(2)));
        assertEquals(Optional.empty(), parked.take(Wire.tunnel(2)), "once");
        tunnel.resume(after);
        assertSame(path, open(session(0x22), after));
        tunnel.receive(Wire.direct("0002 0011 0012 c021 03"), 0);
        path.sendPpp(Wire.direct("c021 04"));
        assertEquals(List.of("c02101"), before.frames);
        assertEquals(List.of("c02103"), after.frames);
        assertEquals(List.of(), before.sent);
        assertEquals(1, after.sent.size());
        assertEquals(3, path.counters().rxPackets(), "it went on counting");
    }

    @Test
    void whoWaitsForAnEngineIsLetGoWhenTheDataPlaneGoesToo() {
        ParkablePort port = new ParkablePort(before, () -> 0); // it would wait for ever
        port.park();
        Thread plane = new Thread(port::abandon);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            plane.start();
            assertEquals(-Errno.EAGAIN, port.send(Wire.direct("01"), 0));
        });
        assertEquals(List.of(), before.sent);
    }

    @Test
    void aSessionWithAnotherPartnerIsAnotherSession() throws Exception {
        SessionPath path = open(session(0x22), before);
        tunnel.park();
        tunnel.resume(after);
        assertNotSame(path, open(session(0x23), after));
    }

    @Test
    void whatNoEngineComesForIsClosed() throws Exception {
        SessionPath path = open(session(0x22), before);
        tunnel.park();
        later.forEach(Runnable::run);
        assertEquals(Optional.empty(), parked.take(Wire.tunnel(2)));
        path.sendPpp(Wire.direct("c021 04"));
        assertEquals(List.of(), before.sent);
    }

    @Test
    void eachEngineHasItsTimeHoweverSoonTheOneBeforeItWent() throws Exception {
        SessionPath path = open(session(0x22), before);
        tunnel.park();
        parked.take(Wire.tunnel(2)).orElseThrow().resume(before);
        open(session(0x22), before);
        List<Runnable> ofTheFirst = List.copyOf(later);
        tunnel.park();
        ofTheFirst.forEach(Runnable::run);
        parked.take(Wire.tunnel(2)).orElseThrow(() -> new AssertionError("closed")).resume(after);
        ofTheFirst.forEach(Runnable::run);
        assertSame(path, open(session(0x22), after));
    }

    @Test
    void theNextEngineHearsHowTheCircuitIsAndThatThePathIsLost() {
        ParkableSessionPort port = new ParkableSessionPort(before);
        port.tellCircuit(true);
        port.park();
        port.tellCircuit(false);
        port.lost("it was deleted");
        assertEquals(List.of(true), before.circuit);
        port.resume(new Wire() {
            @Override
            public void lost(String why) {
                after.frames.add(why);
            }

            @Override
            public void circuitChanged(boolean up) {
                after.circuitChanged(up);
            }
        });
        assertEquals(List.of(false), after.circuit);
        assertEquals(List.of("it was deleted"), after.frames);
    }

    @Test
    void whatTheEngineDoesNotAskForIsTakenOut() throws Exception {
        open(session(0x22), before);
        tunnel.park();
        tunnel.resume(after);
        tunnel.expireSessions();
        tunnel.receive(Wire.direct("0002 0011 0012 c021 03"), 0);
        assertEquals(List.of(), after.frames);
        assertTrue(open(session(0x22), after) != null, "its place is free");
        tunnel.receive(Wire.direct("0002 0011 0012 c021 04"), 0);
        assertEquals(List.of("c02104"), after.frames);
    }
}
