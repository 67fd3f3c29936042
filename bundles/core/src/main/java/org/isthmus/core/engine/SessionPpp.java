package org.isthmus.core.engine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.config.Settings;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.state.SavedPpp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PPP frames of a session: they wait until it is known who speaks PPP, here or at another end, and go to who does.
 * Belongs to the worker of the session's tunnel.
 */
final class SessionPpp {
    private static final Logger LOG = LoggerFactory.getLogger(SessionPpp.class);

    private final LiveSession session;
    private final Worker worker;
    private final ArrayDeque<ByteBuffer> early = new ArrayDeque<>(0);
    private Optional<RunningPpp> runner = Optional.empty();
    private Optional<SavedPpp> kept = Optional.empty();
    private Optional<LiveSessionCheckpoint.Ppp> before = Optional.empty();
    private long frames;

    SessionPpp(LiveSession session) {
        this.session = session;
        this.worker = session.tunnel().worker();
    }

    /** PPP does not begin anew, but goes on with what was kept of it. */
    void goOn(SavedPpp before) {
        kept = Optional.of(before);
    }

    /** Goes on where another object was; PPP that was being set up begins anew. */
    void resume(Optional<LiveSessionCheckpoint.Ppp> ppp, long framesBefore) {
        before = ppp;
        frames = framesBefore;
        before.flatMap(LiveSessionCheckpoint.Ppp::lease).ifPresent(worker.engine().plugins()::resume);
    }

    /** Leaves it to another object; nothing runs here any more. */
    Optional<LiveSessionCheckpoint.Ppp> park() {
        Optional<LiveSessionCheckpoint.Ppp> goesOn = goesOn();
        if (goesOn.isEmpty()) {
            runner.ifPresent(RunningPpp::leave);
        }
        return goesOn;
    }

    /** What another object needs to go on with it at this moment; empty if it has to begin anew. */
    Optional<LiveSessionCheckpoint.Ppp> goesOn() {
        return runner.flatMap(RunningPpp::checkpoint).or(() -> before);
    }

    /** Whether what is up passes packets. */
    boolean passes() {
        return runner.map(RunningPpp::passes).orElse(before.isEmpty());
    }

    /** What has to be kept of it; empty while no packets pass, or where it is not ours to keep. */
    Optional<SavedPpp> saved() {
        return runner.flatMap(RunningPpp::saved).or(() -> before.map(LiveSessionCheckpoint.Ppp::agreed));
    }

    /** Frames may pass: PPP begins, unless it runs already or is not for us. */
    void begin() {
        if (runner.isPresent()) {
            return;
        }
        if (before.isPresent()) {
            PppRunner again = new PppRunner(session, session.plan());
            runner = Optional.of(again);
            again.goOn(before.get());
            before = Optional.empty();
            return;
        }
        if (kept.isPresent()) {
            PppRunner again = new PppRunner(session, session.plan());
            runner = Optional.of(again);
            again.goOn(kept.get());
            return;
        }
        if (!session.lifecycle().runsPpp(session, session.line().call())) {
            return;
        }
        RunningPpp begun = ProvidedPpp.isWanted(session.plan()) ? new ProvidedPpp(session, session.plan())
                : new PppRunner(session, session.plan());
        runner = Optional.of(begun);
        begun.open();
        while (!early.isEmpty() && !session.end().isOver() && runner.isPresent()) {
            begun.received(early.poll());
        }
    }

    /** A frame has come. */
    void received(ByteBuffer frame) {
        frames++;
        if (runner.isEmpty()) {
            DataLink.keep(early, frame);
            return;
        }
        try {
            runner.get().received(frame);
        } catch (RuntimeException bug) { // not to be blamed on the data plane that hands it over
            LOG.error("session {}: a PPP frame of {} bytes met a defect; it is dropped: please report this",
                    session.title(), frame.remaining(), bug);
        }
    }

    /** Sends a frame, if there is a path. */
    void send(ByteBuffer frame) {
        Optional<SessionPath> path = session.path();
        if (path.isPresent()) {
            frames++;
            try {
                path.get().sendPpp(frame);
            } catch (RuntimeException broken) {
                worker.pluginFailed("send a PPP frame of session " + session.title(), broken);
            }
        }
    }

    /** Frames that passed here in both directions; network packets do not. */
    long frames() {
        return frames;
    }

    /** Ends PPP with a word to the peer; false if none runs here. */
    boolean close(String reason) {
        runner.ifPresent(ppp -> ppp.close(reason));
        return runner.isPresent();
    }

    /** The call is gone. */
    void lowerDown() {
        if (before.isPresent()) { // it never came to go on
            before.get().lease().ifPresent(worker.engine().plugins()::takeBack);
            before = Optional.empty();
            session.pppDown(new Cause(false, 0, 0, "PPP: the session is gone"));
        }
        runner.ifPresent(RunningPpp::lowerDown);
    }

    /** What the peer sends cannot be decrypted. */
    void decryptionFailed(boolean passed) {
        runner.ifPresent(ppp -> ppp.decryptionFailed(passed));
    }

    /** The session has a path, the first or another one. */
    void attached() {
        runner.ifPresent(RunningPpp::attached);
    }

    /** Takes over what can change while PPP runs; false if none runs here. */
    boolean change(Settings changed) {
        runner.ifPresent(ppp -> ppp.change(changed));
        return runner.isPresent();
    }

    /** Another end goes on with the link. */
    void handOver() {
        runner = Optional.empty();
    }

    /** The frames that came before it was known where they go. */
    List<ByteBuffer> takeEarly() {
        List<ByteBuffer> taken = List.copyOf(early);
        early.clear();
        return taken;
    }

    /** Packets passed last at this time; the latest at which they passed on any link of its bundle. */
    long heard(long millis) {
        return runner.isPresent() ? runner.get().heard(millis) : millis;
    }

    /** The largest packet from now on, in bytes. */
    void mtu(int largest) {
        runner.ifPresent(ppp -> ppp.mtu(largest));
    }

    /** The interface that its packets use, or empty. */
    String interfaceName() {
        return runner.map(RunningPpp::interfaceName).orElse("");
    }

    Optional<PppLinkStatus> status() {
        return runner.map(RunningPpp::status);
    }
}
