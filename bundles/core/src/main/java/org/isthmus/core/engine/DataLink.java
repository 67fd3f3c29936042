package org.isthmus.core.engine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;

import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.timer.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's data path: opened when the call is up and its tunnel has one, closed when the data plane goes, opened again on
 * the next. Packets that come before it is open wait for it, a few. Belongs to the tunnel's worker.
 */
final class DataLink implements SessionPort {
    private static final Logger LOG = LoggerFactory.getLogger(DataLink.class);
    private static final int EARLY_PACKETS = 4;
    private static final long WAIT_MILLIS = 30_000;

    private final Worker worker;
    private final LiveTunnel tunnel;
    private final LiveSession session;
    private final ArrayDeque<ByteBuffer> early = new ArrayDeque<>(0);
    private final Timer wait;
    private SessionPath path;
    /** The tunnel's path on which this one is being opened. */
    private TunnelPath openingOn;
    /** What passed on paths that are closed: a data plane was replaced. */
    private SessionDataCounters earlier = SessionDataCounters.ZERO;
    /** Where the next path goes on with the sequence numbers of the one before. */
    private int nextNumber;
    private boolean wanted;

    DataLink(LiveSession session) {
        this.session = session;
        this.tunnel = session.tunnel();
        this.worker = tunnel.worker();
        this.wait = new Timer(now -> unanswered());
    }

    /** The call is up: a path is wanted from now on. */
    void want() {
        wanted = true;
        worker.wheel().arm(wait, worker.nowMillis() + WAIT_MILLIS);
        open();
    }

    /** Goes on where another object was. */
    void resume(LiveSessionCheckpoint before) {
        earlier = before.earlier();
        nextNumber = before.nextNumber();
    }

    SessionDataCounters earlier() {
        return earlier;
    }

    int nextNumber() {
        return nextNumber;
    }

    /** The number of the next packet on the path of now. */
    int numberOfNow() {
        return path().flatMap(open -> worker.asked("number the packets of session " + session.title(), open::nextNumber)).orElse(nextNumber);
    }

    /** Opens it, if it is wanted and the tunnel has a path. */
    void open() {
        TunnelPath tunnelPath = tunnel.dataPath().orElse(null);
        if (tunnelPath == null || tunnelPath == openingOn || path != null || !wanted) {
            return;
        }
        openingOn = tunnelPath;
        worker.whenAnswered("open the data path of session " + session.title(),
                () -> tunnelPath.openSession(session.spec().numberedFrom(nextNumber), this),
                (opened, failure) -> opened(tunnelPath, opened, failure));
    }

    private void opened(TunnelPath from, SessionPath opened, Throwable failure) {
        if (openingOn != from || !wanted) {
            if (failure == null) {
                worker.guard("close the data path of session " + session.title(), opened::close);
            }
            return;
        }
        openingOn = null;
        if (failure != null) {
            session.end().pathLost(Words.of(failure));
            tunnel.dataKeeper().sessionRefused();
            return;
        }
        path = opened;
        worker.wheel().cancel(wait);
        tunnel.sessions().havePath(true);
        session.pathOpened();
        while (!early.isEmpty() && path != null) {
            tunnel.traffic().deliver(early.poll());
        }
    }

    private void unanswered() {
        if (openingOn != null) {
            tunnel.dataKeeper().unanswered();
        }
        session.end().pathLost("the data plane did not answer");
    }

    /** Closes it; it may be opened again. */
    void close() {
        openingOn = null;
        SessionPath old = path;
        path = null;
        if (old != null) {
            tunnel.sessions().havePath(false);
            worker.guard("close the data path of session " + session.title(), old::close);
            earlier = earlier.plus(measure(old));
            nextNumber = worker.asked("number the packets of session " + session.title(), old::nextNumber).orElse(nextNumber);
        }
    }

    /** Closes it for good. */
    void end() {
        wanted = false;
        worker.wheel().cancel(wait);
        close();
        tunnel.sessions().havePath(true); // nobody waits for it any more
    }

    /** The far end cannot take traffic, or can again. */
    void holdTraffic(boolean held) {
        path().ifPresent(open -> worker.guard("hold session " + session.title(), () -> open.hold(held)));
    }

    /** The largest network packet may be larger or smaller now. */
    void mtu(int largest) {
        path().ifPresent(open -> worker.guard("set the MTU of session " + session.title(), () -> open.mtu(largest)));
    }

    /** Keeps a copy of a packet that came before the path was open; false when the path is open. */
    boolean hold(ByteBuffer packet) {
        if (path != null) {
            return false;
        }
        keep(early, packet);
        return true;
    }

    static void keep(ArrayDeque<ByteBuffer> early, ByteBuffer packet) {
        if (early.size() < EARLY_PACKETS) {
            early.add(ByteBuffer.allocateDirect(packet.remaining()).put(packet.duplicate()).flip());
        }
    }

    boolean isOpen() {
        return path != null;
    }

    Optional<SessionPath> path() {
        return Optional.ofNullable(path);
    }

    SessionDataCounters counters() {
        return path == null ? earlier : earlier.plus(measure(path));
    }

    private SessionDataCounters measure(SessionPath measured) {
        return worker.asked("count what passed in session " + session.title(), measured::counters)
                .orElse(SessionDataCounters.ZERO);
    }

    /** The name of the interface that its packets use, or empty. */
    String interfaceName() {
        return path().flatMap(open -> worker.asked("name the interface of session " + session.title(), open::interfaceName))
                .orElse("");
    }

    // ---- what the path tells

    @Override
    public void pppFrame(ByteBuffer frame) {
        session.ppp().received(frame);
    }

    @Override
    public void sequencingChanged(boolean sequenced) {
        LOG.debug("session {}: the peer {} sequence numbers", session.title(), sequenced ? "asks for" : "no longer wants");
    }

    @Override
    public void decryptionFailed(boolean passed) {
        session.ppp().decryptionFailed(passed);
    }

    @Override
    public void lost(String why) {
        session.end().pathLost(why);
    }

    @Override
    public void execute(Runnable task) {
        worker.execute(() -> worker.guard("hear the data plane in session " + session.title(), task));
    }

    @Override
    public void circuitChanged(boolean up) {
        session.line().circuit(up);
    }
}
