package org.isthmus.core.engine;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.api.config.SessionType;
import org.isthmus.api.config.Settings;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.desired.ResolvedSession;
import org.isthmus.core.switching.Lns;
import org.isthmus.protocol.tunnel.CallConfig;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.wire.CallResult;

/**
 * The second half of a switched call: its session in the tunnel to an LNS. Belongs to that tunnel's worker; the first
 * half, {@link CallSwitch}, may belong to another, so that each posts to the other's queue.
 */
final class OnwardCall implements SessionLifecycle {
    private CallSwitch owner;
    private final Worker worker;
    private final Lns lns;
    private final String name;
    private final String from;
    private final CallConfig call;
    private Optional<LiveSession> session = Optional.empty();
    private boolean over;

    /**
     * How it ended.
     *
     * @param why      of the session, empty if there was none
     * @param words    the same for people
     * @param lnsFails whether another call would do no better there
     */
    record End(Optional<CloseCause> why, String words, boolean lnsFails) {
    }

    /**
     * @param worker of the tunnel
     * @param name   of the session
     * @param from   the first half's full name
     * @param call   what it says
     */
    OnwardCall(CallSwitch owner, Worker worker, Lns lns, String name, String from, CallConfig call) {
        this.owner = owner;
        this.worker = worker;
        this.lns = lns;
        this.name = name;
        this.from = from;
        this.call = call;
    }

    /** Goes on where another object was; a first half is to follow by {@link #resume}. */
    static OnwardCall resumed(Worker worker, Lns lns, String name, String from) {
        return new OnwardCall(null, worker, lns, name, from, null);
    }

    void resume(LiveSession half) {
        session = Optional.of(half);
    }

    /** Its first half, which is another worker's; before anything passes. */
    void resume(CallSwitch firstHalf) {
        owner = firstHalf;
        session.ifPresent(half -> firstHalf.resume(this, lns, half.fullName()));
    }

    /** There is no first half any more, or it was not up. */
    void endAlone() {
        over = true;
        session.ifPresent(half -> half.end().passedOn(PassedEnd.of(CallResult.CARRIER_LOST, "its first half is tried anew")));
    }

    String from() {
        return from;
    }

    @Override
    public Optional<LiveSessionCheckpoint.Passing> passing() {
        return Optional.of(new LiveSessionCheckpoint.Passing(true, from, Optional.empty()));
    }

    Worker worker() {
        return worker;
    }

    /** Opens the tunnel if it is not up, and places the call. */
    void start() {
        if (over) {
            return;
        }
        Optional<LocalTunnel> tunnel = worker.onward().to(lns);
        if (tunnel.isEmpty()) {
            end(new End(Optional.empty(), "another tunnel is called \"" + lns.tunnelName() + "\"", false));
        } else {
            tunnel.get().whenReady(this::place, cause -> end(new End(Optional.empty(),
                    cause.message(), worker.engine().limits().refusalOfOurs().isEmpty())));
        }
    }

    private void place(LiveTunnel tunnel) {
        if (over) {
            return;
        }
        if (worker.engine().limits().sessionLimitReached()) {
            end(new End(Optional.empty(), "max_sessions of the system is reached", false));
            return;
        }
        ResolvedSession values = worker.engine().profiles().session(Settings.EMPTY, tunnel.values());
        SessionPlan plan = new SessionPlan(name, Origin.REMOTE, SessionType.LAIC, values, call.request());
        session = tunnel.placeCall(() -> call, plan, this);
        if (session.isEmpty()) {
            end(new End(Optional.empty(), "its tunnel takes no more calls (max_sessions)", false));
        }
    }

    private void end(End how) {
        if (!over) {
            over = true;
            owner.post(() -> owner.ended(this, how));
        }
    }

    /** The first half is over, or waits no longer. */
    void hangUp(PassedEnd why) {
        over = true;
        session.ifPresent(live -> live.end().passedOn(why));
    }

    /** The first half passes its frames here. Those that came before, on either side, are on their way still. */
    void passes(List<ByteBuffer> early) {
        session.filter(live -> !over).ifPresent(live -> {
            live.passes();
            early.forEach(live.ppp()::send);
            List<ByteBuffer> back = live.ppp().takeEarly();
            owner.post(() -> owner.back(this, back));
        });
    }

    /** The LAC told something of its line. */
    void tell(LineTold told) {
        session.filter(live -> !over).ifPresent(live -> live.line().passOn(told));
    }

    // ---- SessionLifecycle

    @Override
    public boolean runsPpp(LiveSession live, ConnectedCall connected) {
        live.path().ifPresent(path -> owner.post(() -> owner.ready(this, path, live.fullName())));
        return false;
    }

    @Override
    public void told(LiveSession live, LineTold told) {
        owner.post(() -> owner.tell(this, told));
    }

    @Override
    public String switchedTo() {
        return from;
    }

    @Override
    public void closed(LiveSession live, Cause cause, CloseCause why) {
        session = Optional.empty();
        end(new End(Optional.of(why), cause.message(), PassedEnd.failsForAll(why)));
    }
}
