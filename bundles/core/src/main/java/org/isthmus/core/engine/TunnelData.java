package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.RX_NO_SUCH_SESSION;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.core.plugin.CallRecord;
import org.isthmus.core.plugin.PluginFailure;
import org.isthmus.core.plugin.RecordedTunnelPath;
import org.isthmus.core.timer.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel's data path: asked of the data planes that may serve it, one after the other until one does, and all again when none
 * does; closed when its data plane goes. Belongs to the tunnel's worker.
 */
final class TunnelData {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelData.class);
    private static final long RETRY_MILLIS = 10_000;
    /** A data plane that is replaced together with the engine is back by then. */
    private static final long RETURN_MILLIS = 10_000;
    private static final long LOOK_MILLIS = 500;

    private final Worker worker;
    private final String title;
    private final TunnelPort port;
    private final TunnelSessions sessions;
    private final Timer retry;
    private final Timer timeout = new Timer(this::due);
    private final Timer patience = new Timer(now -> unopened());
    /** When {@link #timeout} goes off; never while it is not armed. */
    private long armedFor = TunnelPath.NEVER;

    private TunnelPath path;
    /** Whose path it is. */
    private Optional<Dataplane> serving = Optional.empty();
    /** Those that could serve the tunnel when they were asked. */
    private List<Dataplane> known = List.of();
    /** Which of the requests for a path is the one whose answer counts. */
    private int request;
    /** Whether that answer is awaited. */
    private boolean awaited;
    /** What is done when it has not come in time. */
    private Runnable late = () -> { };
    private CompletionStage<TunnelPath> opening = new CompletableFuture<>();
    /** The name of the one that had it in another object. */
    private String before = "";
    private long waitsUntil;
    private boolean refused;

    /**
     * @param title    names the tunnel in messages
     * @param port     how packets reach the peer
     * @param sessions whose paths are opened and closed with it
     * @param again    asks for another try
     */
    TunnelData(Worker worker, String title, TunnelPort port, TunnelSessions sessions, Runnable again) {
        this.worker = worker;
        this.title = title;
        this.port = port;
        this.sessions = sessions;
        this.retry = new Timer(now -> again.run());
    }

    /** What a data plane must know of the tunnel. */
    @FunctionalInterface
    interface Description {
        /** @throws IOException if the socket that the data plane wants cannot be opened, with the reason in words */
        TunnelSpec on(Dataplane dataplane) throws IOException;
    }

    /**
     * Asks for a path, unless there is one, or one is asked for, and the choice is the same as before.
     *
     * @param able those that may serve the tunnel, the best first
     * @param lack says why there is none, where there is none
     */
    void open(List<Dataplane> able, Description description, Supplier<String> lack) {
        List<Dataplane> candidates = able.stream().filter(dataplane -> !isSetAside(dataplane)).toList();
        if (path != null && candidates.isEmpty() && serving.filter(able::contains).isPresent()) {
            return; // no other one would do better
        }
        if ((path != null || awaited) && candidates.equals(known)) {
            return;
        }
        if (path != null && candidates.isEmpty()) {
            resume(dataplane()); // it may just be replaced
            close();
        }
        if (waitsFor(candidates)) {
            worker.wheel().arm(retry, worker.nowMillis() + LOOK_MILLIS);
            return;
        }
        close();
        known = candidates;
        if (candidates.isEmpty()) {
            refused("no data path: " + (able.isEmpty() ? lack.get() : "data plane " + able.get(0).name()
                    + " has failed repeatedly and is set aside, see l2tp:plugins"));
        } else {
            ask(knownFirst(candidates).iterator(), description);
        }
    }

    private void ask(Iterator<Dataplane> candidates, Description description) {
        Dataplane asking = candidates.next();
        int asked = ++request;
        awaited = true;
        BiConsumer<TunnelPath, Throwable> answer = (found, failure) -> {
            if (asked != request) {
                if (failure == null) {
                    worker.guard("close the data path of tunnel " + title, found::close);
                }
                return;
            }
            awaited = false;
            worker.wheel().cancel(patience);
            if (failure == null) {
                path = found;
                serving = Optional.of(asking);
                sessions.all().forEach(LiveSession::attach);
            } else if (candidates.hasNext()) {
                LOG.warn("tunnel {}: no data path on data plane {}: {}; another one is asked", title, asking.name(), Words.of(failure));
                ask(candidates, description);
            } else {
                refused("no data path on data plane " + asking.name() + ": " + Words.of(failure));
            }
        };
        CallRecord record = worker.engine().plugins().book().of(asking);
        late = () -> {
            record.late();
            answer.accept(null, new DataplaneException("it has not answered for " + CallRecord.LIMIT.toSeconds() + " s"));
            request += request == asked ? 1 : 0; // should it answer after all, the path is closed
        };
        worker.wheel().arm(patience, worker.nowMillis() + CallRecord.LIMIT.toMillis());
        try {
            opening = RecordedTunnelPath.open(asking, record, description.on(asking), port);
            worker.whenDone(opening, answer);
        } catch (IOException | PluginFailure broken) {
            answer.accept(null, broken);
        }
    }

    private void unopened() {
        late.run();
    }

    private boolean isSetAside(Dataplane dataplane) {
        return worker.engine().plugins().book().of(dataplane).isSetAside();
    }

    /** The path of a session could not be opened: the tunnel moves on if that has happened too often. */
    void sessionRefused() {
        if (serving.filter(this::isSetAside).isPresent()) {
            worker.wheel().arm(retry, worker.nowMillis());
        }
    }

    /** The data plane does not answer when it is asked for the path of a session. */
    void unanswered() {
        serving.ifPresent(silent -> worker.engine().plugins().book().of(silent).late());
        sessionRefused();
    }

    /** A data plane that fails takes no tunnel with it: until one is well again there are only no sessions. */
    private void refused(String why) {
        refused = true;
        worker.wheel().arm(retry, worker.nowMillis() + RETRY_MILLIS);
        LOG.error("tunnel {}: {}; it is tried again every {} s, calls are refused until then", title, why, RETRY_MILLIS / 1000);
    }

    /** The engine goes: the path stays with its data plane, for the next version of the engine. */
    void park() {
        request++;
        worker.wheel().cancel(retry);
        worker.wheel().cancel(patience);
        worker.wheel().cancel(timeout);
        if (path == null) {
            opening.thenAccept(TunnelPath::park); // nobody waits for it any more
        } else {
            worker.guard("leave the data path of tunnel " + title + " to its data plane", path::park);
        }
    }

    /** Another object had a path on this data plane: it is waited for a while, and asked before all others. */
    void resume(String name) {
        before = name;
        waitsUntil = worker.nowMillis() + RETURN_MILLIS;
    }

    /** Whether the data plane that has the path may still come. */
    private boolean waitsFor(List<Dataplane> candidates) {
        return !before.isEmpty() && worker.nowMillis() < waitsUntil
                && candidates.stream().noneMatch(dataplane -> dataplane.name().equals(before));
    }

    /** The same, the one in front that had the path before. */
    private List<Dataplane> knownFirst(List<Dataplane> candidates) {
        String first = before;
        before = "";
        return candidates.stream().sorted(Comparator.comparing(dataplane -> !dataplane.name().equals(first))).toList();
    }

    /** The name of the data plane that has the path, or empty. */
    String dataplane() {
        return serving.map(Dataplane::name).orElse(before);
    }

    /** Closes the path and those of the sessions, or gives up waiting for it. */
    void close() {
        request++;
        awaited = false;
        opening = new CompletableFuture<>();
        refused = false;
        worker.wheel().cancel(retry);
        worker.wheel().cancel(patience);
        worker.wheel().cancel(timeout);
        armedFor = TunnelPath.NEVER;
        sessions.all().forEach(LiveSession::detach);
        TunnelPath old = path;
        path = null;
        serving = Optional.empty();
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

    /** Whether no data plane gave a path; they are asked again. */
    boolean isRefused() {
        return refused;
    }

    /** The data plane that the path is of. */
    Optional<Dataplane> serving() {
        return serving;
    }

    Optional<TunnelPath> path() {
        return Optional.ofNullable(path);
    }

    Optional<TunnelDataCounters> counters() {
        return path().flatMap(open -> worker.asked("count the data of tunnel " + title, open::counters));
    }
}
