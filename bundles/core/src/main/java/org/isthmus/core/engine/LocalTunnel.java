package org.isthmus.core.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.config.L2tpVersion;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.core.checkpoint.BlockCheckpoint;
import org.isthmus.core.checkpoint.OursCheckpoint;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;
import org.isthmus.core.state.SavedTunnel;
import org.isthmus.core.timer.Timer;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.Role;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.wire.StopResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel that somebody here asked for, whether it is up or not: looks up its peer, opens it, and if it is persistent
 * opens it again whenever it went down. Belongs to its worker.
 */
final class LocalTunnel implements TunnelLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LocalTunnel.class);
    private static final Duration ID_WAIT = Duration.ofSeconds(1);

    private final Worker worker;
    private final Engine engine;
    private final String name;
    private final Timer retry = new Timer(now -> start());
    private final Map<String, LocalSession> sessions = new LinkedHashMap<>();
    private Instant created;
    private final WaitingCalls calls;
    private final VersionOffer offer = new VersionOffer();
    private final PeerAddress peer;

    private Block block;
    private ResolvedTunnel values;
    private Optional<LiveTunnel> live = Optional.empty();
    private Optional<Instant> retryAt = Optional.empty();
    private Cause lastCause = Cause.NONE;
    /** It was not opened for a reason of ours that can pass: draining, a limit. */
    private boolean refused;
    private boolean waitsForId;
    private boolean removed;

    LocalTunnel(Worker worker, Block block) {
        this.worker = worker;
        this.engine = worker.engine();
        this.name = block.name();
        this.created = engine.now();
        this.calls = new WaitingCalls(worker);
        this.peer = new PeerAddress(worker);
        change(block);
        block.nested().forEach(this::addSession);
    }

    /** Looks up the peer, away from the worker, and opens the tunnel. */
    void start() {
        retryAt = Optional.empty();
        refused = false;
        waitsForId = false;
        Optional<String> refusal = engine.limits().refusalOfOurs();
        if (refusal.isPresent()) {
            refused = true;
            failed(refusal.get());
            return;
        }
        String host = values.settings().get(TunnelParameters.PEER).host();
        peer.lookUp(host, (address, failure) -> {
            if (removed || live.isPresent()) {
                return;
            }
            if (failure != null) {
                failed("cannot find the address of " + host + ": " + Words.of(failure));
            } else {
                open(new InetSocketAddress(address, PeerAddress.port(values.settings())), Optional.empty());
            }
        });
    }

    /** Goes on with it after our failure; opens it anew if that cannot be. */
    void recover(SavedTunnel before) {
        if (values.settings().get(TunnelParameters.STATIC) || engine.limits().refusalOfOurs().isPresent()) {
            worker.tunnels().giveBack(before.tunnelId());
            start();
        } else {
            open(before.remote(), Optional.of(before));
        }
    }

    /** Leaves it to another object. */
    OursCheckpoint park(boolean onward) {
        worker.wheel().cancel(retry);
        Block alone = new Block(block.type(), name, block.settings(), List.of(), block.where());
        return new OursCheckpoint(BlockCheckpoint.of(alone), created, live.isPresent(), retryAt, refused, lastCause, peer.known(),
                onward, sessions.values().stream().map(LocalSession::park).toList());
    }

    /** Goes on where another object was: opened again, if it was about to be, or live once {@link #resume(LiveTunnel, Port)} says so. */
    void resume(OursCheckpoint before) {
        created = before.created();
        refused = before.refused();
        lastCause = before.lastCause();
        peer.resume(before.resolved());
        if (before.retryAt().isPresent()) {
            retryAt(before.retryAt().get());
        } else if (!before.live() && (lastCause == Cause.NONE || isPersistent())) {
            worker.post(this::start);
        }
    }

    /** What is live of it. */
    void resume(LiveTunnel tunnel, Port port) {
        use(port, tunnel);
        engine.limits().tunnelOpened();
        if (!tunnel.isUp()) {
            peer.known().ifPresent(address -> engine.outstanding().add(address, new OutstandingRequests.Request(
                    tunnel instanceof ControlledTunnel controlled ? controlled.tieBreaker() : OptionalLong.empty(), tunnel)));
        }
    }

    /** It has its sessions, as far as they were live: the others are placed. */
    void resumed() {
        live.filter(LiveTunnel::isOpen).ifPresent(open -> {
            calls.up(open);
            sessions.values().stream().filter(LocalSession::wantsPlace).forEach(this::place);
        });
    }

    /** @param before what was kept of it, its identifier taken for it */
    private void open(InetSocketAddress remote, Optional<SavedTunnel> before) {
        Settings settings = values.settings();
        boolean isStatic = settings.get(TunnelParameters.STATIC);
        int tunnelId = isStatic ? settings.get(TunnelParameters.TUNNEL_ID)
                : before.map(SavedTunnel::tunnelId).orElseGet(() -> tunnelId(settings));
        if (tunnelId == 0) {
            LOG.debug("tunnel \"{}\" waits for its tunnel id", name);
            lastCause = new Cause(false, 0, 0, "its tunnel id is in use");
            waitsForId = true;
            retryIn(ID_WAIT);
            return;
        }
        Port port;
        PeerPath path;
        try {
            port = worker.local().port(name, remote, values, before.map(kept -> kept.local().getPort()).orElse(0));
            path = port.pathTo(remote, settings.find(TunnelParameters.LOCAL_ADDRESS));
        } catch (IOException | RuntimeException refusedBySystem) {
            if (!isStatic) {
                worker.tunnels().giveBack(tunnelId);
            }
            String what = settings.get(TunnelParameters.ENCAP) == Encapsulation.IP ? "socket" : "UDP port";
            failed("cannot open its " + what + ": " + refusedBySystem.getMessage());
            return;
        }
        TunnelIdentity identity = new TunnelIdentity(tunnelId, name, Origin.LOCAL);
        peer.is(remote.getAddress());
        engine.limits().tunnelOpened();
        if (isStatic) {
            StaticTunnel opened = new StaticTunnel(worker, identity, values, path, this);
            use(port, opened);
            opened.open();
        } else {
            ControlledTunnel opened = new ControlledTunnel(worker, identity, values, path, this);
            use(port, opened);
            if (before.isPresent()) {
                opened.recover(before.get(), TunnelConfigs.of(worker, settings, tunnelId, Role.LAC_AND_LNS,
                        OptionalLong.empty()));
                return;
            }
            OptionalLong tie = settings.get(TunnelParameters.USE_TIEBREAKER)
                    ? OptionalLong.of(worker.random().nextLong()) : OptionalLong.empty();
            engine.outstanding().add(remote.getAddress(), new OutstandingRequests.Request(tie, opened));
            opened.open(offer.of(TunnelConfigs.of(worker, settings, tunnelId, Role.LAC_AND_LNS, tie)));
        }
    }

    private void use(Port port, LiveTunnel opened) {
        live = Optional.of(opened);
        worker.local().use(port, opened);
    }

    private int tunnelId(Settings settings) {
        Optional<Integer> fixed = settings.find(TunnelParameters.TUNNEL_ID);
        if (fixed.isPresent()) {
            return worker.tunnels().take(fixed.get()) ? fixed.get() : 0;
        }
        return values.version() == L2tpVersion.L2TPV3 ? worker.tunnels().lendWide()
                : worker.tunnels().lend(worker.nowMillis());
    }

    @Override
    public void established(LiveTunnel tunnel) {
        peer.known().ifPresent(address -> engine.outstanding().remove(address, tunnel));
        calls.up(tunnel);
        sessions.values().forEach(this::place);
    }

    @Override
    public Optional<LiveSession> restore(LiveTunnel tunnel, String session, Session restored) {
        return Optional.ofNullable(sessions.get(session)).map(found -> found.restore(tunnel, restored));
    }

    @Override
    public void closed(LiveTunnel tunnel, CloseCause why, Cause cause, boolean wasUp) {
        peer.known().ifPresent(address -> engine.outstanding().remove(address, tunnel));
        live = Optional.empty();
        lastCause = cause;
        sessions.values().forEach(LocalSession::tunnelDown);
        engine.limits().tunnelClosed();
        if (!wasUp && !removed && offer.failed(values, why, tunnel.version())) {
            LOG.info("tunnel \"{}\": the peer takes no request that offers L2TPv3; it is asked again in L2TPv2 alone", name);
            retryIn(Duration.ZERO);
            return;
        }
        retryLater();
        calls.down(cause);
    }

    /** Tells once that it is up and has room for a call, or why it does not come up; opens it if nobody has. */
    void whenReady(Consumer<LiveTunnel> ready, Consumer<Cause> failed) {
        calls.add(ready, failed);
        if (live.isEmpty() && !peer.isLookingUp()) {
            start();
        }
    }

    private void failed(String why) {
        lastCause = new Cause(false, 0, 0, why);
        LOG.warn("tunnel \"{}\": {}{}", name, why, isPersistent() ? "; it is tried again" : "");
        retryLater();
        calls.down(lastCause);
    }

    @Override
    public void finished(LiveTunnel tunnel) {
        worker.local().finished(tunnel);
    }

    private void retryLater() {
        if (isPersistent() && !removed) {
            retryIn(engine.system().get(SystemParameters.TUNNEL_PERSIST_PEND_TIMEOUT));
        }
    }

    private void retryIn(Duration wait) {
        retryAt(engine.now().plus(wait));
    }

    private void retryAt(Instant when) {
        retryAt = Optional.of(when);
        long wait = Duration.between(engine.now(), when).toMillis();
        worker.wheel().arm(retry, worker.nowMillis() + Math.max(0, wait));
    }

    /** Does nothing more, whatever happens to the live one. */
    void forget() {
        removed = true;
        worker.wheel().cancel(retry);
        sessions.values().forEach(LocalSession::forget);
        calls.down(new Cause(false, 0, 0, "it is taken down"));
    }

    /** Takes it down and forgets it. */
    CompletableFuture<Void> remove(String reason) {
        forget();
        Optional<LiveTunnel> last = live;
        last.ifPresent(tunnel -> tunnel.close(StopResult.CLEAR, reason));
        return last.map(LiveTunnel::acknowledged).orElse(CompletableFuture.completedFuture(null));
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
        sessions.values().forEach(LocalSession::resolveAgain);
        if (live.isEmpty() && !removed && (refused || isDown() && isPersistent())) {
            start();
        } else if (!isPersistent() && retryAt.isPresent() && !waitsForId) {
            worker.wheel().cancel(retry);
            retryAt = Optional.empty();
        }
    }

    /** It went down and nothing brings it back. */
    private boolean isDown() {
        return lastCause != Cause.NONE && retryAt.isEmpty();
    }

    void addSession(Block session) {
        LocalSession added = new LocalSession(this, session);
        LocalSession old = sessions.put(session.name(), added);
        if (old != null) {
            old.remove("another session of this name was asked for");
        }
        place(added);
    }

    /** Places a session's call, if the tunnel is up; all are placed when it comes up. */
    void place(LocalSession session) {
        if (live.filter(LiveTunnel::isOpen).isPresent()) {
            calls.add(session::place, tunnelIsDown -> { });
        }
    }

    CompletableFuture<Void> removeSession(String session, String reason) {
        LocalSession old = sessions.remove(session);
        return old == null ? CompletableFuture.completedFuture(null) : old.remove(reason);
    }

    /** Whether it is not up, but on its way there, or will be without anybody's doing. */
    boolean willComeUp() {
        return live.filter(LiveTunnel::isUp).isEmpty()
                && (live.isPresent() || retryAt.isPresent() || lastCause == Cause.NONE);
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

    Optional<Instant> retryAt() {
        return retryAt;
    }

    Cause lastCause() {
        return lastCause;
    }

    Instant created() {
        return created;
    }

    /** Where its peer is, or was. */
    InetSocketAddress peer() {
        return peer.shown(values.settings());
    }

    TunnelStatus status() {
        return live.map(LiveTunnel::status).orElseGet(() -> LocalTunnelStatus.ofNotLive(this));
    }

    /** Its sessions, those that peers brought into it among them. */
    List<SessionStatus> sessionStatus() {
        return LocalTunnelStatus.ofSessions(this);
    }
}
