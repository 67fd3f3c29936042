package org.isthmus.core.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.Dataplane.Ability;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.checkpoint.LiveTunnelCheckpoint;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;
import org.isthmus.core.state.SavedSession;
import org.isthmus.protocol.tunnel.CallConfig;
import org.isthmus.protocol.tunnel.SessionCheckpoint;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.StopResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel that has a way to its peer: with a control channel, a {@link ControlledTunnel}, or without, a
 * {@link StaticTunnel}. Here is what both have, their data path and their sessions. Belongs to one worker.
 */
abstract sealed class LiveTunnel permits ControlledTunnel, StaticTunnel {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTunnel.class);

    private final Worker worker;
    private final Engine engine;
    private final TunnelIdentity identity;
    private Instant created;
    private final TunnelSessions sessions;
    private final TunnelTraffic traffic;
    private final TunnelData data;
    private final PathMtu pathMtu;
    private final TunnelEvents events;

    private final TunnelWay way;
    private ResolvedTunnel values;
    private Optional<Instant> upSince = Optional.empty();
    private Cause lastCause = Cause.NONE;

    LiveTunnel(Worker worker, TunnelIdentity identity, ResolvedTunnel values, PeerPath path) {
        this.worker = worker;
        this.engine = worker.engine();
        this.identity = identity;
        this.values = values;
        this.way = new TunnelWay(path);
        this.pathMtu = new PathMtu(this);
        this.created = engine.now();
        this.sessions = new TunnelSessions(this);
        this.traffic = new TunnelTraffic(this, sessions);
        this.events = new TunnelEvents(this);
        this.data = new TunnelData(worker, identity.title(), traffic::send, sessions, this::attach);
    }

    /** The peer lives. */
    abstract void heard();

    // ---- what is asked of it

    /**
     * Places a call, if the role and the limits allow it.
     *
     * @param call what is said of it where there is somebody to say it to
     */
    abstract Optional<LiveSession> placeCall(Supplier<CallConfig> call, SessionPlan plan, SessionLifecycle lifecycle);

    /** Asks the peer to place a call, if the role and the limits allow it. */
    abstract Optional<LiveSession> placeOutgoingCall(SessionPlan plan, SessionLifecycle lifecycle);

    abstract void close(StopResult result, String reason);

    /** Both ends opened a tunnel at once, and the peer's stays. */
    void loseTie() {
    }

    /** Drops it without a word: it gave way to another request, and its peer may not be whom it says. */
    void forget() {
    }

    /** The engine ends: drops what is left without waiting for anybody. */
    abstract void drop();

    /** Takes over what the operator changed, as far as it can change while the tunnel is up. */
    void reconfigure(ResolvedTunnel changed) {
        values = changed;
        attach();
    }

    /** A profile has changed: what can change while the tunnel is up follows. */
    void resolveAgain() {
        sessions.all().forEach(LiveSession::resolveAgain);
    }

    /** Completes when the tunnel is over and the peer knows, or the retries have ended. */
    abstract CompletableFuture<Void> acknowledged();

    /** Something of a session has changed that has to outlive a failure. */
    void sessionChanged() {
    }

    /** To be called after everything that may have changed when it wants to act next. */
    void rearm() {
    }

    // ---- another object goes on

    /** Leaves it to another object: nothing is said to anybody. */
    LiveTunnelCheckpoint park(ToIntFunction<Port> places) {
        LiveTunnelCheckpoint alone = checkpoint(places);
        List<LiveSessionCheckpoint> parked = sessions.all().stream().map(LiveSession::park).toList();
        LiveTunnelCheckpoint checkpoint = alone.with(alone.port(), alone.own(), protocol().map(up -> up.checkpoint(worker.nowMillis())),
                parked);
        stop();
        data.park();
        return checkpoint;
    }

    /** What it is at this moment, without its sessions. */
    LiveTunnelCheckpoint checkpoint(ToIntFunction<Port> places) {
        return new LiveTunnelCheckpoint(tunnelId(), identity.name(), identity.origin(), created, upSince,
                wasUp(), events.isAnnounced(), lastCause, places.applyAsInt(way.sharedPath().port()), way.sharedPath().remote(),
                way.sharedPath().local().getAddress(),
                way.ownPort().map(port -> OptionalInt.of(places.applyAsInt(port))).orElse(OptionalInt.empty()), data.dataplane(),
                pathMtu.limit(), isKept(), recoveredAt(), expected(),
                protocol().map(up -> up.checkpointWithoutCalls(worker.nowMillis())), List.of());
    }

    /** Another object goes on: no timer of this one goes off any more. */
    void stop() {
    }

    /** Goes on where another object was; {@link #attach} is to follow once it has its sessions. */
    void resume(LiveTunnelCheckpoint before, Optional<Port> own) {
        created = before.created();
        upSince = before.upSince();
        events.resume(before.announced());
        lastCause = before.lastCause();
        own.ifPresent(way::resume);
        data.resume(before.dataplane());
        if (isUp()) {
            pathMtu.start();
            pathMtu.resume(before.mtu());
        }
    }

    /** Whether it was ever up. */
    boolean wasUp() {
        return isUp();
    }

    boolean isKept() {
        return false;
    }

    Optional<Instant> recoveredAt() {
        return Optional.empty();
    }

    /** While it is being recovered after our failure: the sessions of before. */
    List<SavedSession> expected() {
        return List.of();
    }

    /** Its state machine, if it has one. */
    Optional<Tunnel> protocol() {
        return Optional.empty();
    }

    // ---- the data plane

    /** Opens the data path on the best data plane that will have it, or moves it there from another one. */
    void attach() {
        if (isUp() && !isClosed()) {
            data.open(engine.dataplanes().of(settings(), engine.system(), version(), path().encapsulation()), this::specOn,
                    () -> engine.dataplanes().lack(settings(), engine.system()));
        }
    }

    private TunnelSpec specOn(Dataplane dataplane) throws IOException {
        if (dataplane.abilities().contains(Ability.SOCKET_PER_TUNNEL)) {
            way.own(worker.network(), tunnelId(), peerTunnelId(), pathMtu.isWhole());
        } else {
            way.share();
        }
        worker.journal().touched(this);
        PeerPath path = path();
        return new TunnelSpec(identity.name(), version().code(), tunnelId(), peerTunnelId(), path.encapsulation(), path.local(),
                path.remote(), path.descriptor());
    }

    /** Whether there are control messages, and so probes of the path. */
    boolean hasControlChannel() {
        return true;
    }

    /** Whether its peer answers nothing and is waited for, since it may have failed and may ask to go on. */
    boolean awaitsPeer() {
        return false;
    }

    /** Sends a HELLO of so many octets with Don't Fragment; false if that cannot be done now. */
    boolean probe(int octets) {
        return false;
    }

    /** Sends a HELLO, if it has a control channel that is up. */
    void hello() {
    }

    /**
     * After {@link #resume}: another object had gone on from the same checkpoint meanwhile.
     *
     * @param theirs the sessions that it had at last, as far as it is known
     */
    void rewind(List<SessionCheckpoint> theirs) {
    }

    /** How large its packets may be. */
    PathMtu pathMtu() {
        return pathMtu;
    }

    TunnelData dataKeeper() {
        return data;
    }

    /** What passes between its peer and its data path. */
    TunnelTraffic traffic() {
        return traffic;
    }

    Optional<TunnelPath> dataPath() {
        return data.path();
    }

    /** The data plane that carries its packets. */
    Optional<Dataplane> dataplane() {
        return data.serving();
    }

    /** Whether its PPP sessions have an interface each, whatever the system's interface_mode says. */
    boolean interfacePerSession() {
        return dataplane().filter(serving -> serving.abilities().contains(Ability.INTERFACE_PER_SESSION)).isPresent();
    }

    Optional<TunnelDataCounters> dataCounters() {
        return data.counters();
    }

    // ---- its life

    /** It can carry sessions from now on. */
    void up() {
        worker.journal().touched(this);
        upSince = Optional.of(engine.now());
        pathMtu.start();
        events.up();
    }

    /** It can no longer. */
    void down(Cause cause, boolean wasUp) {
        lastCause = cause;
        pathMtu.stop();
        data.close();
        way.share(); // the peer's next tunnel may be between the same ports
        upSince = Optional.empty();
        if (wasUp) {
            events.down(cause);
        }
    }

    /** Nothing is left of it. */
    void deleted() {
        worker.journal().touched(this);
        way.share();
        events.deleted(lastCause);
    }

    // ---- what it is

    abstract ProtocolVersion version();

    abstract int peerTunnelId();

    /** The peer's name for itself, empty before it is known. */
    abstract String peerHostName();

    abstract boolean isClosed();

    /** Messages that the peer has not acknowledged, sent or waiting. */
    abstract int queued();

    /** Whether it is up and has not begun to close. */
    abstract boolean isOpen();

    abstract TunnelStatus status();

    /** What listeners are told of it. */
    TunnelEvents events() {
        return events;
    }

    /** The sessions in it. */
    TunnelSessions sessions() {
        return sessions;
    }

    Worker worker() {
        return worker;
    }

    Engine engine() {
        return engine;
    }

    TunnelIdentity identity() {
        return identity;
    }

    int tunnelId() {
        return identity.tunnelId();
    }

    ResolvedTunnel values() {
        return values;
    }

    Settings settings() {
        return values.settings();
    }

    /** Whether a packet comes a second time through the tunnel's own port. */
    boolean isCopy(Arrival arrival) {
        return way.isCopy(arrival.port());
    }

    PeerPath path() {
        return way.path();
    }

    /** The port that is its own, if it has one. */
    Optional<Port> ownPort() {
        return way.ownPort();
    }

    /** The peer is somewhere else. */
    void path(PeerPath changed) {
        try {
            way.leadTo(changed);
        } catch (IOException refused) {
            LOG.warn("tunnel {}: its data path cannot follow the peer to {} and is made anew: {}", identity.title(),
                    Words.of(changed.remote()), refused.getMessage());
            data.close();
        }
    }

    boolean isUp() {
        return upSince.isPresent();
    }

    Optional<Instant> upSince() {
        return upSince;
    }

    Instant created() {
        return created;
    }

    Cause lastCause() {
        return lastCause;
    }

    boolean isPersistent() {
        return identity.origin() == Origin.LOCAL && values.settings().get(TunnelParameters.PERSIST);
    }
}
