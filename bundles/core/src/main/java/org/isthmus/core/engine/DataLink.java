package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.PLUGIN_FAILURES;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Supplier;

import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.timer.Timer;

/**
 * A session's data path: opened when the call is up and its tunnel has one, closed when the data plane goes, opened again on
 * the next. Packets that come before it is open wait for it, a few. Belongs to the tunnel's worker.
 */
final class DataLink {
    private static final int EARLY_PACKETS = 4;
    private static final long WAIT_MILLIS = 30_000;

    private final Worker worker;
    private final LiveTunnel tunnel;
    private final Owner owner;
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

    /** Whose path it is. */
    interface Owner extends SessionPort {
        /** For messages. */
        String title();

        /** The path can be used. */
        void pathOpened();

        /** What speaks PPP on it. */
        SessionPpp ppp();

        @Override
        default void decryptionFailed(boolean passed) {
            ppp().decryptionFailed(passed);
        }
    }

    DataLink(LiveTunnel tunnel, Owner owner) {
        this.tunnel = tunnel;
        this.worker = tunnel.worker();
        this.owner = owner;
        this.wait = new Timer(now -> owner.lost("the data plane did not answer"));
    }

    /** The call is up: a path is wanted from now on. */
    void want(Supplier<SessionSpec> spec) {
        wanted = true;
        worker.wheel().arm(wait, worker.nowMillis() + WAIT_MILLIS);
        open(spec);
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

    /** Opens it, if it is wanted and the tunnel has a path. */
    void open(Supplier<SessionSpec> spec) {
        TunnelPath tunnelPath = tunnel.dataPath().orElse(null);
        if (tunnelPath == null || tunnelPath == openingOn || path != null || !wanted) {
            return;
        }
        openingOn = tunnelPath;
        try {
            worker.whenDone(tunnelPath.openSession(spec.get().numberedFrom(nextNumber), owner),
                    (opened, failure) -> opened(tunnelPath, opened, failure));
        } catch (RuntimeException broken) {
            worker.count(PLUGIN_FAILURES);
            opened(tunnelPath, null, broken);
        }
    }

    private void opened(TunnelPath from, SessionPath opened, Throwable failure) {
        if (openingOn != from || !wanted) {
            if (failure == null) {
                worker.guard("close the data path of session " + owner.title(), opened::close);
            }
            return;
        }
        openingOn = null;
        if (failure != null) {
            owner.lost(Words.of(failure));
            return;
        }
        path = opened;
        worker.wheel().cancel(wait);
        tunnel.sessionHasPath(true);
        owner.pathOpened();
        while (!early.isEmpty() && path != null) {
            tunnel.deliver(early.poll());
        }
    }

    /** Closes it; it may be opened again. */
    void close() {
        openingOn = null;
        SessionPath old = path;
        path = null;
        if (old != null) {
            tunnel.sessionHasPath(false);
            worker.guard("close the data path of session " + owner.title(), old::close);
            earlier = earlier.plus(measure(old));
            nextNumber = worker.asked("number the packets of session " + owner.title(), old::nextNumber).orElse(nextNumber);
        }
    }

    /** Closes it for good. */
    void end() {
        wanted = false;
        worker.wheel().cancel(wait);
        close();
        tunnel.sessionHasPath(true); // nobody waits for it any more
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
        return worker.asked("count what passed in session " + owner.title(), measured::counters)
                .orElse(SessionDataCounters.ZERO);
    }

    /** The name of the interface that its packets use, or empty. */
    String interfaceName() {
        return path().flatMap(open -> worker.asked("name the interface of session " + owner.title(), open::interfaceName))
                .orElse("");
    }
}
