package org.isthmus.core.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.Endpoint;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.timer.Timer;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.Role;
import org.isthmus.protocol.wire.StopResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel that somebody here asked for, whether it is up or not: looks up its peer, opens it, and if it is persistent
 * opens it again whenever it went down. Belongs to its worker.
 */
final class LocalTunnel implements LiveTunnel.Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LocalTunnel.class);
    private static final int L2TP_PORT = 1701;

    private final Worker worker;
    private final Engine engine;
    private final String name;
    private final Timer retry = new Timer(now -> start());
    private final Map<String, LocalSession> sessions = new LinkedHashMap<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final Instant created;

    private Block block;
    private ResolvedTunnel values;
    private Optional<LiveTunnel> live = Optional.empty();
    private Optional<Instant> retryAt = Optional.empty();
    private Optional<InetAddress> resolved = Optional.empty();
    private Cause lastCause = Cause.NONE;
    private boolean removed;

    LocalTunnel(Worker worker, Block block) {
        this.worker = worker;
        this.engine = worker.engine();
        this.name = block.name();
        this.created = engine.now();
        change(block);
        block.nested().forEach(this::addSession);
    }

    /** Looks up the peer, away from the worker, and opens the tunnel. */
    void start() {
        retryAt = Optional.empty();
        Endpoint peer = values.settings().get(TunnelParameters.PEER);
        engine.resolve(peer.host()).whenCompleteAsync((address, failure) -> {
            if (removed || live.isPresent()) {
                return;
            }
            if (failure != null) {
                failed("cannot find the address of " + peer.host() + ": " + Words.of(failure));
            } else {
                open(new InetSocketAddress(address, peer.port() == 0 ? L2TP_PORT : peer.port()));
            }
        }, worker);
    }

    private void open(InetSocketAddress peer) {
        Settings settings = values.settings();
        PeerPath path;
        try {
            path = worker.local().port(peer, settings)
                    .pathTo(peer, settings.find(TunnelParameters.LOCAL_ADDRESS));
        } catch (IOException refused) {
            failed("cannot open its UDP port: " + refused.getMessage());
            return;
        }
        int tunnelId = tunnelId(settings);
        if (tunnelId == 0) {
            failed("its tunnel id is in use");
            return;
        }
        OptionalLong tie = settings.get(TunnelParameters.USE_TIEBREAKER)
                ? OptionalLong.of(worker.random().nextLong()) : OptionalLong.empty();
        TunnelIdentity identity = new TunnelIdentity(tunnelId, name, Origin.LOCAL, isPersistent());
        LiveTunnel opened = new LiveTunnel(worker, identity, values, path, this);
        live = Optional.of(opened);
        resolved = Optional.of(peer.getAddress());
        engine.tunnelOpened();
        engine.outstanding().add(peer.getAddress(), new OutstandingRequests.Request(tie, opened));
        opened.open(TunnelConfigs.of(engine, settings, tunnelId, Role.LAC_AND_LNS, tie));
    }

    private int tunnelId(Settings settings) {
        Optional<Integer> fixed = settings.find(TunnelParameters.TUNNEL_ID);
        if (fixed.isPresent()) {
            return worker.tunnels().take(fixed.get()) ? fixed.get() : 0;
        }
        return worker.tunnels().lend(worker.nowMillis());
    }

    @Override
    public void established(LiveTunnel tunnel) {
        resolved.ifPresent(peer -> engine.outstanding().remove(peer, tunnel));
        sessions.values().forEach(LocalSession::place);
    }

    @Override
    public void closed(LiveTunnel tunnel, CloseCause why, Cause cause, boolean wasUp) {
        resolved.ifPresent(peer -> engine.outstanding().remove(peer, tunnel));
        live = Optional.empty();
        lastCause = cause;
        engine.tunnelClosed();
        if (removed) {
            gone.complete(null);
        } else {
            retryLater();
        }
    }

    private void failed(String why) {
        lastCause = new Cause(false, 0, 0, why);
        LOG.warn("tunnel \"{}\": {}{}", name, why, isPersistent() ? "; it is tried again" : "");
        retryLater();
    }

    private void retryLater() {
        if (!isPersistent()) {
            return;
        }
        Duration wait = engine.system().get(SystemParameters.TUNNEL_PERSIST_PEND_TIMEOUT);
        retryAt = Optional.of(engine.now().plus(wait));
        worker.wheel().arm(retry, worker.nowMillis() + wait.toMillis());
    }

    /** Does nothing more, whatever happens to the live one. */
    void forget() {
        removed = true;
        worker.wheel().cancel(retry);
    }

    /** Takes it down and forgets it. */
    CompletableFuture<Void> remove(String reason) {
        forget();
        if (live.isPresent()) {
            live.get().close(StopResult.CLEAR, reason);
        } else {
            gone.complete(null);
        }
        return gone;
    }

    /** Makes it what the block says now, as far as that can be done while it is up. */
    void change(Block changed) {
        block = changed;
        resolveAgain();
    }

    /** A profile that it takes values from has changed. */
    void resolveAgain() {
        values = engine.profiles().tunnel(block.settings());
        live.ifPresent(tunnel -> tunnel.reconfigure(values));
    }

    void addSession(Block session) {
        LocalSession added = new LocalSession(this, session);
        sessions.put(session.name(), added);
        added.place();
    }

    CompletableFuture<Void> removeSession(String session, String reason) {
        LocalSession old = sessions.remove(session);
        return old == null ? CompletableFuture.completedFuture(null) : old.remove(reason);
    }

    boolean isPersistent() {
        return values.settings().get(TunnelParameters.PERSIST);
    }

    Worker worker() {
        return worker;
    }

    String name() {
        return name;
    }

    ResolvedTunnel values() {
        return values;
    }

    Optional<LiveTunnel> live() {
        return live;
    }

    Optional<LocalSession> session(String session) {
        return Optional.ofNullable(sessions.get(session));
    }

    Collection<LocalSession> sessions() {
        return sessions.values();
    }

    TunnelStatus status() {
        return live.map(LiveTunnel::status).orElseGet(() -> {
            TunnelState state = retryAt.isPresent() ? TunnelState.RETRY
                    : lastCause == Cause.NONE ? TunnelState.IDLE : TunnelState.DOWN;
            Endpoint peer = values.settings().get(TunnelParameters.PEER);
            int port = peer.port() == 0 ? L2TP_PORT : peer.port();
            Optional<InetSocketAddress> shown = Optional.of(resolved
                    .map(address -> new InetSocketAddress(address, port))
                    .orElseGet(() -> InetSocketAddress.createUnresolved(peer.host(), port)));
            return new TunnelStatus(name, 0, 0, state, Origin.LOCAL, Optional.empty(), shown, "", "",
                    values.profile(), "", false, isPersistent(), sessions.size(), created, Optional.empty(), retryAt,
                    lastCause, Map.of());
        });
    }

    /** Its sessions, those that peers brought into it among them. */
    List<SessionStatus> sessionStatus() {
        List<SessionStatus> all = new ArrayList<>();
        sessions.values().forEach(session -> all.add(session.status()));
        live.ifPresent(tunnel -> tunnel.sessions().stream()
                .filter(session -> session.plan().origin() == Origin.REMOTE)
                .forEach(session -> all.add(session.status())));
        return all;
    }
}
