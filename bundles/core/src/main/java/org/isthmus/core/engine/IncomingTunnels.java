package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.RX_UNEXPECTED;
import static org.isthmus.core.counters.Counter.SCCRQ_DENIED;
import static org.isthmus.core.counters.Counter.SCCRQ_DUPLICATE;
import static org.isthmus.core.counters.Counter.SCCRQ_LOST_TIE;
import static org.isthmus.core.counters.Counter.SCCRQ_RECEIVED;
import static org.isthmus.core.counters.Counter.SCCRQ_REFUSED_DRAINING;
import static org.isthmus.core.counters.Counter.SCCRQ_REFUSED_LIMIT;
import static org.isthmus.core.counters.Counter.SCCRQ_REFUSED_NO_PEER;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.api.config.AuthMode;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.L2tpVersion;
import org.isthmus.api.config.PeerParameters;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.core.admission.Admission;
import org.isthmus.core.admission.FrontDoor;
import org.isthmus.core.admission.HalfOpen;
import org.isthmus.core.checkpoint.LiveTunnelCheckpoint;
import org.isthmus.core.counters.Counter;
import org.isthmus.core.desired.Profiles;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.IpNumber;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;
import org.isthmus.core.state.SavedTunnel;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.PeerFacts;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelCheckpoint;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.isthmus.protocol.tunnel.TunnelState;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.SccrqSummary;
import org.isthmus.protocol.wire.StopResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests for tunnels (SCCRQ). What a request may cost grows with what is known of its sender: first its source
 * passes the {@link FrontDoor}, then its AVPs are read, then a peer profile is looked for, and only then is a tunnel made.
 */
final class IncomingTunnels implements TunnelLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingTunnels.class);

    private final Worker worker;
    private final Engine engine;
    /** Every tunnel that is not finished by the request that made it, to know repetitions of the request by. */
    private final Map<Source, ControlledTunnel> byRequest = new HashMap<>();
    private final Map<LiveTunnel, Source> sources = new IdentityHashMap<>();
    private final Map<LiveTunnel, HalfOpen<LiveTunnel>> halfOpen = new IdentityHashMap<>();

    /** Where a request came from, and the peer's own identifier in it. */
    private record Source(long high, long low, int port, int peerTunnelId) {
    }

    IncomingTunnels(Worker worker) {
        this.worker = worker;
        this.engine = worker.engine();
    }

    /** A control message for tunnel 0, which only an SCCRQ may be. */
    void requested(Arrival arrival) {
        boolean heard = worker.listening().has(arrival.port().beside()) && engine.listening().isMeant(arrival);
        Profiles profiles = engine.profiles();
        OptionalInt addressLimit = profiles.requestLimitOf(arrival.sourceHigh(), arrival.sourceLow());
        if (!admit(arrival, addressLimit)) {
            return;
        }
        ByteBuffer packet = arrival.packet();
        Optional<SccrqSummary> read = SccrqSummary.of(packet);
        if (read.isPresent() && read.get().recovers().isPresent()) {
            recoveryRequested(arrival, read.get().recovers().get().remoteTunnelId());
            return;
        }
        if (read.isEmpty() || !heard) {
            worker.count(RX_UNEXPECTED);
            return;
        }
        worker.count(SCCRQ_RECEIVED);
        SccrqSummary request = read.get();
        Source source = new Source(arrival.sourceHigh(), arrival.sourceLow(), arrival.sourcePort(),
                request.assignedTunnelId());
        ControlledTunnel known = byRequest.get(source);
        if (known != null && known.repeatedRequest(packet)) {
            worker.count(SCCRQ_DUPLICATE);
            return;
        }
        InetAddress from = arrival.source().getAddress();
        Optional<Block> peer = profiles.peerProfileFor(from, request.hostName());
        if (addressLimit.isEmpty() && !admitByName(arrival, peer)) {
            return;
        }
        ResolvedTunnel tunnel = profiles.tunnelOf(peer);
        Optional<Refusal> refusal = refuse(tunnel);
        if (refusal.isPresent()) {
            refuse(arrival, request, tunnel, refusal.get());
        } else if (engine.outstanding().peerLoses(from, request.tieBreaker())) {
            loseTie(arrival, request, tunnel);
        } else {
            accept(arrival, source, request, tunnel, addressLimit.isPresent());
        }
    }

    /** A peer asks, after its failure, to go on with a tunnel (RFC 4951), which may be another worker's and one of ours. */
    private void recoveryRequested(Arrival arrival, int tunnelId) {
        Worker owner = engine.workers().get(Integer.remainderUnsigned(tunnelId, engine.workerCount()));
        if (owner != worker) {
            KeptArrival kept = KeptArrival.of(arrival);
            owner.post(() -> owner.incoming().recoveryRequested(kept, tunnelId));
            return;
        }
        worker.count(SCCRQ_RECEIVED);
        ControlledTunnel old = worker.tunnels().find(tunnelId);
        if (old == null || !old.takeRecovery(arrival)) {
            worker.count(SCCRQ_DENIED);
            // The same words whatever is wrong: a stranger learns nothing of our tunnels.
            answer(arrival, engine.profiles().tunnelOf(Optional.empty()), StopResult.NOT_AUTHORIZED);
        }
    }

    /** After our failure: asks a peer to go on with its tunnel. */
    void recover(SavedTunnel before) {
        InetAddress peer = before.remote().getAddress();
        Optional<Port> port = worker.listening().find(before.encapsulation(), before.local()).or(() -> worker.listening().find(
                before.encapsulation(), new InetSocketAddress(LocalTunnels.wildcard(peer), before.local().getPort())));
        Profiles profiles = engine.profiles();
        ResolvedTunnel tunnel = profiles.tunnelOf(profiles.peerProfileFor(peer, before.protocol().peer().hostName()));
        if (port.isEmpty() || refuse(tunnel).isPresent() || !worker.tunnels().take(before.tunnelId())) {
            LOG.warn("tunnel \"{}\" with {} is not recovered: {}", before.name(), Words.of(before.remote()),
                    port.isEmpty() ? "peers are not heard on " + Words.of(before.local()) + " any more"
                            : refuse(tunnel).map(Refusal::why).orElse("its tunnel id is in use"));
            engine.states().forget(before.tunnelId());
            return;
        }
        PeerPath path = port.get().pathTo(before.remote(), Optional.of(before.local().getAddress()));
        TunnelIdentity identity = new TunnelIdentity(before.tunnelId(), before.name(), Origin.REMOTE);
        ControlledTunnel live = new ControlledTunnel(worker, identity, tunnel, path, this);
        sources.put(live, new Source(IpNumber.high(peer), IpNumber.low(peer), before.remote().getPort(),
                before.protocol().peer().assignedTunnelId()));
        live.recover(before, TunnelConfigs.of(worker, tunnel.settings(), before.tunnelId(), TunnelConfigs.role(tunnel),
                OptionalLong.empty()));
    }

    /** Goes on with a tunnel that another object had. */
    ControlledTunnel resume(LiveTunnelCheckpoint before, PeerPath path, Optional<Port> own) {
        TunnelCheckpoint machine = before.protocol().orElseThrow();
        InetAddress peer = before.remote().getAddress();
        Profiles profiles = engine.profiles();
        Optional<Block> profile = profiles.peerProfileFor(peer, machine.peer().map(PeerFacts::hostName).orElse(""));
        ResolvedTunnel tunnel = profiles.tunnelOf(profile);
        ControlledTunnel live = new ControlledTunnel(worker, new TunnelIdentity(before.tunnelId(), before.name(), Origin.REMOTE),
                tunnel, path, this);
        Source source = new Source(IpNumber.high(peer), IpNumber.low(peer), before.remote().getPort(), machine.remoteId());
        sources.put(live, source);
        if (machine.request().length > 0) {
            byRequest.put(source, live);
        }
        if (before.upSince().isPresent()) {
            engine.limits().tunnelOpened();
            worker.frontDoor().tunnelUp(source.high(), source.low());
        } else if (machine.state() == TunnelState.WAIT_CTL_CONN) {
            FrontDoor.Opened<LiveTunnel> opened = worker.frontDoor().open(source.high(), source.low(), source.port(),
                    source.peerTunnelId(), profiles.requestLimitOf(source.high(), source.low()).isPresent(), live);
            halfOpen.put(live, opened.place());
        }
        live.resume(before, own, TunnelConfigs.of(worker, tunnel.settings(), before.tunnelId(), TunnelConfigs.role(tunnel),
                OptionalLong.empty()));
        return live;
    }

    private boolean admit(Arrival arrival, OptionalInt peerLimit) {
        FrontDoor<LiveTunnel> door = worker.frontDoor();
        Admission admission = peerLimit.isPresent()
                ? door.admitPeer(arrival.sourceHigh(), arrival.sourceLow(), peerLimit.getAsInt(), worker.nowMillis())
                : door.admit(arrival.sourceHigh(), arrival.sourceLow(), worker.nowMillis());
        return admission == Admission.ADMITTED;
    }

    /** The limit of a profile that does not name the address: it comes on top of those for unknown peers. */
    private boolean admitByName(Arrival arrival, Optional<Block> peer) {
        int limit = peer.map(profile -> profile.settings().get(PeerParameters.SCCRQ_RATE_LIMIT)).orElse(0);
        return limit == 0 || worker.frontDoor().admitPeer(arrival.sourceHigh(), arrival.sourceLow(), limit,
                worker.nowMillis()) == Admission.ADMITTED;
    }

    private record Refusal(Counter counter, StopResult result, String why) {
    }

    private Optional<Refusal> refuse(ResolvedTunnel tunnel) {
        Optional<Block> peer = tunnel.peer();
        if (peer.isPresent() && peer.get().settings().get(PeerParameters.DENY)) {
            return Optional.of(new Refusal(SCCRQ_DENIED, StopResult.NOT_AUTHORIZED,
                    peer.get().title() + " says deny"));
        }
        if (engine.limits().deniesRemote()) {
            return Optional.of(new Refusal(SCCRQ_DENIED, StopResult.NOT_AUTHORIZED,
                    "deny_remote_tunnel_creates is set"));
        }
        if (engine.limits().isDraining()) {
            return Optional.of(new Refusal(SCCRQ_REFUSED_DRAINING, StopResult.SHUTTING_DOWN,
                    "the system is draining"));
        }
        if (peer.isEmpty() && tunnel.settings().get(TunnelParameters.AUTH_MODE) != AuthMode.NONE) {
            return Optional.of(new Refusal(SCCRQ_REFUSED_NO_PEER, StopResult.NOT_AUTHORIZED,
                    "no peer profile fits its address or host name"));
        }
        if (engine.limits().isTunnelLimitReached()) {
            return Optional.of(new Refusal(SCCRQ_REFUSED_LIMIT, StopResult.GENERAL_ERROR,
                    "max_tunnels is reached"));
        }
        return Optional.empty();
    }

    private void refuse(Arrival arrival, SccrqSummary request, ResolvedTunnel tunnel, Refusal refusal) {
        worker.count(refusal.counter());
        if (worker.frontDoor().log().admits(worker.nowMillis())) {
            LOG.info("tunnel request from {} (host name \"{}\") refused: {}{}", Words.of(arrival.source()),
                    Words.printable(request.hostName()), refusal.why(), worker.frontDoor().log().keptBack());
        }
        answer(arrival, tunnel, refusal.result());
    }

    /** Version 3 wants the loser of a tie told (RFC 3931 section 5.4.3), version 2 wants silence (RFC 2661 section 4.4.3). */
    private void loseTie(Arrival arrival, SccrqSummary request, ResolvedTunnel tunnel) {
        worker.count(SCCRQ_LOST_TIE);
        if (request.offers().contains(ProtocolVersion.V3)) {
            answer(arrival, tunnel, StopResult.ALREADY_EXISTS);
        }
    }

    private void answer(Arrival arrival, ResolvedTunnel tunnel, StopResult result) {
        PeerPath path = arrival.port().beside().pathTo(arrival.source(), Optional.of(arrival.destination()));
        TunnelConfig config = TunnelConfigs.of(worker, tunnel.settings(), 1 + worker.random().nextInt(65_535),
                TunnelConfigs.role(tunnel), OptionalLong.empty());
        Tunnel.refuse(arrival.packet(), ResultCode.of(result, ""), config, worker.random(),
                answer -> worker.controlSender().send(path, answer, 0, false));
    }

    /** @param isKnown whether a profile names the address; a host name is only a claim */
    private void accept(Arrival arrival, Source source, SccrqSummary request, ResolvedTunnel tunnel,
            boolean isKnown) {
        boolean onlyVersion3 = !request.offers().contains(ProtocolVersion.V2)
                && tunnel.settings().find(TunnelParameters.VERSION).filter(L2tpVersion.L2TPV2::equals).isEmpty();
        int tunnelId = onlyVersion3 ? worker.tunnels().lendWide() : worker.tunnels().lend(worker.nowMillis());
        if (tunnelId == 0) {
            worker.count(SCCRQ_REFUSED_LIMIT);
            if (worker.frontDoor().log().admits(worker.nowMillis())) {
                LOG.warn("tunnel request from {} refused: every tunnel id of worker {} is in use{}",
                        Words.of(arrival.source()), worker.index(), worker.frontDoor().log().keptBack());
            }
            return;
        }
        TunnelConfig config = TunnelConfigs.of(worker, tunnel.settings(), tunnelId, TunnelConfigs.role(tunnel),
                OptionalLong.empty()).toBuilder().allowReplyOverBudget(isKnown).build();
        String name = Words.name(request.hostName()) + "-" + Integer.toUnsignedString(tunnelId);
        TunnelIdentity identity = new TunnelIdentity(tunnelId, name, Origin.REMOTE);
        PeerPath path = arrival.port().beside().pathTo(arrival.source(), Optional.of(arrival.destination()));
        ControlledTunnel live = new ControlledTunnel(worker, identity, tunnel, path, this);
        FrontDoor.Opened<LiveTunnel> opened = worker.frontDoor().open(source.high(), source.low(), source.port(),
                source.peerTunnelId(), isKnown, live);
        opened.victim().ifPresent(LiveTunnel::forget);
        halfOpen.put(live, opened.place());
        sources.put(live, source);
        byRequest.put(source, live);
        live.accept(arrival.packet(), config);
    }

    // ---- TunnelLifecycle

    /** Only now is it known that the peer is where it says it is: what is half-open counts for nothing. */
    @Override
    public boolean mayEstablish(LiveTunnel tunnel) {
        if (!engine.limits().isTunnelLimitReached()) {
            return true;
        }
        worker.count(SCCRQ_REFUSED_LIMIT);
        return false;
    }

    @Override
    public void established(LiveTunnel tunnel) {
        engine.limits().tunnelOpened();
        giveBackPlace(tunnel);
        Source source = sources.get(tunnel);
        worker.frontDoor().tunnelUp(source.high(), source.low());
    }

    @Override
    public void closed(LiveTunnel tunnel, CloseCause why, Cause cause, boolean wasUp) {
        giveBackPlace(tunnel);
        if (wasUp) {
            Source source = sources.get(tunnel);
            worker.frontDoor().tunnelDown(source.high(), source.low());
            engine.limits().tunnelClosed();
        }
    }

    @Override
    public void finished(LiveTunnel tunnel) {
        byRequest.remove(sources.remove(tunnel), tunnel);
    }

    private void giveBackPlace(LiveTunnel tunnel) {
        HalfOpen<LiveTunnel> place = halfOpen.remove(tunnel);
        if (place != null) {
            worker.frontDoor().close(place);
        }
    }

    /** How many tunnels it keeps anything of. */
    int size() {
        return sources.size() + byRequest.size() + halfOpen.size();
    }
}
