package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.PLUGIN_FAILURES;
import static org.isthmus.core.counters.Counter.RX_NO_SUCH_SESSION;

import java.nio.ByteBuffer;
import java.util.Optional;

import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.core.timer.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel's data path: asked of the data plane of the moment, asked again when that refuses, closed when it goes. Belongs
 * to the tunnel's worker.
 */
final class TunnelData {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelData.class);
    private static final long RETRY_MILLIS = 10_000;

    private final Worker worker;
    private final String title;
    private final TunnelPort port;
    private final IdTable<LiveSession> sessions;
    private final Timer retry;
    private final Timer timeout = new Timer(this::due);
    /** When {@link #timeout} goes off; never while it is not armed. */
    private long armedFor = TunnelPath.NEVER;

    private TunnelPath path;
    /** Which of the requests for a path is the one whose answer counts. */
    private int request;
    private boolean refused;

    /**
     * @param title    names the tunnel in messages
     * @param port     how packets reach the peer
     * @param sessions whose paths are opened and closed with it
     * @param again    asks for another try
     */
    TunnelData(Worker worker, String title, TunnelPort port, IdTable<LiveSession> sessions, Runnable again) {
        this.worker = worker;
        this.title = title;
        this.port = port;
        this.sessions = sessions;
        this.retry = new Timer(now -> again.run());
    }

    /** Asks the data plane of the moment for a path, if there is one. */
    void open(TunnelSpec spec) {
        Dataplane dataplane = worker.engine().dataplane();
        if (dataplane == null) {
            return;
        }
        int asked = ++request;
        try {
            worker.whenDone(dataplane.openTunnel(spec, port), (opened, failure) -> {
                if (asked != request) {
                    if (failure == null) {
                        worker.guard("close the data path of tunnel " + title, opened::close);
                    }
                } else if (failure != null) {
                    failed(dataplane, failure);
                } else {
                    path = opened;
                    sessions.all().forEach(LiveSession::attach);
                }
            });
        } catch (RuntimeException broken) {
            worker.count(PLUGIN_FAILURES);
            failed(dataplane, broken);
        }
    }

    /** A data plane that fails takes no tunnel with it: until it is well again there are only no sessions. */
    private void failed(Dataplane dataplane, Throwable failure) {
        refused = true;
        worker.wheel().arm(retry, worker.nowMillis() + RETRY_MILLIS);
        LOG.error("tunnel {}: no data path on data plane {}: {}; it is tried again every {} s, calls are refused until"
                + " then", title, dataplane.name(), Words.of(failure), RETRY_MILLIS / 1000);
    }

    /** Closes the path and those of the sessions, or gives up waiting for it. */
    void close() {
        request++;
        refused = false;
        worker.wheel().cancel(retry);
        worker.wheel().cancel(timeout);
        armedFor = TunnelPath.NEVER;
        sessions.all().forEach(LiveSession::detach);
        TunnelPath old = path;
        path = null;
        if (old != null) {
            worker.guard("close the data path of tunnel " + title, old::close);
        }
    }

    /** Hands over a data packet. Allocates nothing. */
    void receive(ByteBuffer packet) {
        if (path == null) {
            worker.count(RX_NO_SUCH_SESSION);
            return;
        }
        try {
            path.receive(packet, worker.nowMillis());
            arm();
        } catch (RuntimeException broken) {
            worker.pluginFailed("hand a packet to the data path of tunnel " + title, broken);
        }
    }

    /** Sees to it that the path is told the time when it wants to. A timer that is due too early is set again then. */
    private void arm() {
        long wanted = path == null ? TunnelPath.NEVER : path.nextTimeoutMillis();
        if (wanted < armedFor) {
            armedFor = wanted;
            worker.wheel().arm(timeout, wanted);
        }
    }

    private void due(long nowMillis) {
        armedFor = TunnelPath.NEVER;
        if (path == null) {
            return;
        }
        try {
            if (path.nextTimeoutMillis() <= nowMillis) {
                path.timeout(nowMillis);
            }
            arm();
        } catch (RuntimeException broken) {
            worker.pluginFailed("tell the time to the data path of tunnel " + title, broken);
        }
    }

    /** Whether the data plane refused the path; it is asked again. */
    boolean isRefused() {
        return refused;
    }

    Optional<TunnelPath> path() {
        return Optional.ofNullable(path);
    }

    Optional<TunnelDataCounters> counters() {
        return path().flatMap(open -> worker.asked("count the data of tunnel " + title, open::counters));
    }
}
