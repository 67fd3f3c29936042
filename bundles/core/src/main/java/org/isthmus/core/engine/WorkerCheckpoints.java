package org.isthmus.core.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.SessionType;
import org.isthmus.api.config.Settings;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.checkpoint.LiveTunnelCheckpoint;
import org.isthmus.core.checkpoint.OursCheckpoint;
import org.isthmus.core.checkpoint.ParkedDescriptors;
import org.isthmus.core.checkpoint.PortCheckpoint;
import org.isthmus.core.checkpoint.PortCheckpoint.Use;
import org.isthmus.core.checkpoint.WorkerCheckpoint;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;
import org.isthmus.core.switching.Lns;
import org.isthmus.core.timer.Timer;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.Role;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.wire.CallResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a worker apart into a {@link WorkerCheckpoint}, and puts another one together from it. On the worker's thread. */
final class WorkerCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerCheckpoints.class);
    private static final int NOWHERE = -1;
    private static final long MOST_WAIT_MILLIS = 3_000;
    private static final long LOOK_MILLIS = 10;

    private final Worker worker;
    private final SwitchedHalves halves;
    private final List<LiveTunnel> live = new ArrayList<>();
    private final Map<String, LocalTunnel> ours = new HashMap<>();

    WorkerCheckpoints(Worker worker, SwitchedHalves halves) {
        this.worker = worker;
        this.halves = halves;
    }

    // ---- taking apart

    /** Leaves everything to another object, descriptors among it: no peer, plugin or listener is told anything. */
    WorkerCheckpoint park(ParkedDescriptors descriptors) {
        Map<Port, Integer> places = new IdentityHashMap<>();
        List<PortCheckpoint> ports = new ArrayList<>();
        List<Port> open = new ArrayList<>();
        worker.listening().all().forEach(port -> enter(port, places, open));
        worker.local().openPorts().keySet().forEach(port -> enter(port, places, open));
        worker.tunnels().all().forEach(tunnel -> tunnel.ownPort().ifPresent(port -> enter(port, places, open)));
        ToIntFunction<Port> place = port -> places.getOrDefault(port, NOWHERE);
        List<LiveTunnelCheckpoint> tunnels = worker.tunnels().all().stream().map(tunnel -> tunnel.park(place)).toList();
        List<OursCheckpoint> ours = worker.local().all().stream()
                .map(tunnel -> tunnel.park(worker.onward().has(tunnel.name()))).toList();
        Map<Port, PortCheckpoint.Ours> keys = worker.local().openPorts();
        for (Port port : open) {
            Use use = worker.listening().has(port) ? Use.LISTENING : keys.containsKey(port) ? Use.OURS : Use.TUNNEL;
            int beside = place.applyAsInt(port.beside());
            ports.add(new PortCheckpoint(use, descriptors.add(worker.network().park(port)), beside,
                    Optional.ofNullable(keys.get(port)), worker.journal().numberOf(port)));
        }
        worker.local().park();
        return new WorkerCheckpoint(ports, ours, tunnels, worker.tunnels().resting(worker.nowMillis()));
    }

    private static void enter(Port port, Map<Port, Integer> places, List<Port> open) {
        if (places.putIfAbsent(port, open.size()) == null) {
            open.add(port);
        }
    }

    // ---- putting together

    /** Goes on where another object was, up to {@link #begin}. What cannot go on is left out, and told. */
    void resume(WorkerCheckpoint before, List<Integer> descriptors) throws IOException, UnreadableException {
        List<Port> ports = new ArrayList<>();
        for (PortCheckpoint parked : before.ports()) {
            ports.add(adopt(parked, ports, descriptors));
        }
        worker.tunnels().resume(before.resting(), worker.nowMillis());
        for (OursCheckpoint tunnel : before.ours()) {
            ours.put(tunnel.block().name(), ours(tunnel));
        }
        for (LiveTunnelCheckpoint tunnel : before.tunnels()) {
            try {
                live.add(tunnel(tunnel, ports, Optional.ofNullable(ours.get(tunnel.name()))));
            } catch (RuntimeException unfit) {
                LOG.error("tunnel \"{}\" with {} is lost while the engine is replaced; please report this", tunnel.name(),
                        Words.of(tunnel.remote()), unfit);
            }
        }
    }

    /** All workers have what is theirs: packets pass. What waits in the sockets is read when there is somebody to take it. */
    void begin() {
        halves.endOthers(worker);
        live.forEach(LiveTunnel::attach);
        ours.values().forEach(LocalTunnel::resumed);
        hearWhenReady(worker.nowMillis() + MOST_WAIT_MILLIS);
    }

    private void hearWhenReady(long deadline) {
        boolean ready = live.stream().flatMap(tunnel -> tunnel.sessions().all().stream()).allMatch(LiveSession::isReady);
        if (ready || worker.nowMillis() >= deadline) {
            worker.network().hear();
        } else {
            worker.wheel().arm(new Timer(now -> hearWhenReady(deadline)), worker.nowMillis() + LOOK_MILLIS);
        }
    }

    private Port adopt(PortCheckpoint parked, List<Port> ports, List<Integer> descriptors) throws IOException {
        List<Integer> numbers = parked.port().descriptors().stream().map(descriptors::get).toList();
        Optional<Port> beside = parked.use() == Use.TUNNEL && parked.beside() >= 0 ? Optional.of(ports.get(parked.beside()))
                : Optional.empty();
        Port port = worker.network().adopt(parked.port().with(numbers), beside);
        worker.journal().adopted(port, parked.kept());
        if (parked.use() == Use.LISTENING) {
            worker.listening().resume(port);
        }
        parked.ours().ifPresent(ours -> worker.local().resume(port, ours));
        return port;
    }

    private LocalTunnel ours(OursCheckpoint before) throws UnreadableException {
        Block alone = before.block().toBlock();
        List<Block> sessions = new ArrayList<>();
        for (OursCheckpoint.OurSession session : before.sessions()) {
            sessions.add(session.block().toSession());
        }
        Block block = new Block(alone.type(), alone.name(), alone.settings(), sessions, alone.where());
        LocalTunnel tunnel = worker.local().resume(block, before);
        before.sessions().forEach(session -> tunnel.session(session.block().name())
                .ifPresent(found -> found.resume(session)));
        if (before.onward()) {
            worker.onward().resume(alone);
        }
        return tunnel;
    }

    private LiveTunnel tunnel(LiveTunnelCheckpoint before, List<Port> ports, Optional<LocalTunnel> ours) {
        Port port = ports.get(before.port());
        PeerPath path = port.pathTo(before.remote(), Optional.of(before.local()));
        Optional<Port> own = before.own().isPresent() ? Optional.of(ports.get(before.own().getAsInt())) : Optional.empty();
        worker.tunnels().take(before.tunnelId());
        if (before.origin() == Origin.REMOTE) {
            ControlledTunnel tunnel = worker.incoming().resume(before, path, own);
            sessions(tunnel, before, Optional.empty());
            return tunnel;
        }
        return before.protocol().isPresent() ? controlled(before, port, path, own, ours) : fixed(before, port, path, own, ours);
    }

    private LiveTunnel controlled(LiveTunnelCheckpoint before, Port port, PeerPath path, Optional<Port> own,
            Optional<LocalTunnel> ours) {
        boolean isLive = before.protocol().orElseThrow().state().isOpen() && ours.isPresent();
        ControlledTunnel tunnel = new ControlledTunnel(worker, identity(before), values(ours), path,
                isLive ? ours.get() : new LastWords());
        tunnel.resume(before, own, TunnelConfigs.of(worker, values(ours).settings(), before.tunnelId(), Role.LAC_AND_LNS,
                OptionalLong.empty()));
        if (isLive) {
            ours.get().resume(tunnel, port);
            sessions(tunnel, before, ours);
        } else {
            worker.local().use(port, tunnel);
        }
        return tunnel;
    }

    private LiveTunnel fixed(LiveTunnelCheckpoint before, Port port, PeerPath path, Optional<Port> own, Optional<LocalTunnel> ours) {
        LocalTunnel owner = ours.orElseThrow();
        StaticTunnel tunnel = new StaticTunnel(worker, identity(before), owner.values(), path, owner);
        tunnel.resume(before, own);
        owner.resume(tunnel, port);
        for (LiveSessionCheckpoint session : before.sessions()) {
            owner.session(session.name()).ifPresent(found -> found.resume(tunnel, Optional.empty(), session));
        }
        return tunnel;
    }

    private void sessions(ControlledTunnel tunnel, LiveTunnelCheckpoint before, Optional<LocalTunnel> ours) {
        for (LiveSessionCheckpoint session : before.sessions()) {
            Optional<Session> negotiated = tunnel.protocol().flatMap(protocol -> protocol.session(session.sessionId()));
            Optional<LocalSession> asked = ours.flatMap(owner -> owner.session(session.name()));
            if (negotiated.isEmpty()) {
                LOG.error("session \"{}/{}\" is lost while the engine is replaced; please report this", before.name(), session.name());
            } else if (session.passing().isPresent()) {
                passing(tunnel, negotiated.get(), session, session.passing().get());
            } else if (session.origin() == Origin.REMOTE) {
                SessionPlan plan = SessionPlan.ofPeer(worker.engine().profiles(), tunnel.values(), negotiated.get(),
                        negotiated.get().call());
                tunnel.resume(negotiated.get(), plan, PeerCalls.lifecycle(worker, negotiated.get(), session), session);
            } else if (asked.isPresent()) {
                asked.get().resume(tunnel, negotiated, session);
            } else {
                end(tunnel, negotiated.get(), session);
            }
        }
    }

    /** One half of a switched call. */
    private void passing(ControlledTunnel tunnel, Session session, LiveSessionCheckpoint before, LiveSessionCheckpoint.Passing passing) {
        Optional<Lns> lns = worker.engine().switchboard().rules().byTunnel(tunnel.identity().name());
        if (passing.onward() && lns.isPresent()) {
            OnwardCall half = OnwardCall.resumed(worker, lns.get(), before.name(), passing.first());
            SessionPlan plan = new SessionPlan(before.name(), Origin.REMOTE, SessionType.LAIC,
                    worker.engine().profiles().session(Settings.EMPTY, tunnel.values()), session.call());
            tunnel.resume(session, plan, half, before);
            tunnel.sessions().find(before.sessionId()).ifPresent(half::resume);
            halves.add(half, passing.first());
        } else if (passing.onward()) {
            end(tunnel, session, before);
        } else {
            CallSwitch half = new CallSwitch(worker);
            SessionPlan plan = SessionPlan.ofPeer(worker.engine().profiles(), tunnel.values(), session, session.call());
            tunnel.resume(session, plan, half, before);
            tunnel.sessions().find(before.sessionId()).ifPresent(live -> half.resume(live, passing.pass()));
            halves.add(passing.first(), half);
        }
    }

    /** A session of ours that was about to end, since nobody asks for it any more. */
    private void end(ControlledTunnel tunnel, Session session, LiveSessionCheckpoint before) {
        SessionPlan plan = new SessionPlan(before.name(), Origin.LOCAL, session.type().isLac() ? SessionType.LAIC : SessionType.LNOC,
                worker.engine().profiles().session(Settings.EMPTY, tunnel.values()), session.call());
        tunnel.resume(session, plan, SessionLifecycle.NONE, before);
        tunnel.sessions().find(before.sessionId()).ifPresent(
                live -> live.end().close(CallResult.ADMINISTRATIVE, "it is not wanted any more"));
    }

    private static TunnelIdentity identity(LiveTunnelCheckpoint before) {
        return new TunnelIdentity(before.tunnelId(), before.name(), before.origin());
    }

    /** Of a tunnel that nobody asks for any more, and that only repeats its last words, nothing else is known. */
    private ResolvedTunnel values(Optional<LocalTunnel> ours) {
        return ours.map(LocalTunnel::values).orElseGet(() -> worker.engine().profiles().tunnel(Settings.EMPTY));
    }

    /** What becomes of a tunnel of ours that is over, but whose peer has not acknowledged it. */
    private final class LastWords implements TunnelLifecycle {
        @Override
        public void established(LiveTunnel tunnel) {
            throw new IllegalStateException("it is over");
        }

        @Override
        public void closed(LiveTunnel tunnel, CloseCause why, Cause cause, boolean wasUp) {
            // It was told to whom it concerned.
        }

        @Override
        public void finished(LiveTunnel tunnel) {
            worker.local().finished(tunnel);
        }
    }
}
