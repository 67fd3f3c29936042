package org.isthmus.core.engine;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.Origin;
import org.isthmus.api.config.PseudowireType;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.state.SavedPpp;
import org.isthmus.core.state.SavedSession;
import org.isthmus.core.state.SavedTunnel;
import org.isthmus.core.timer.Timer;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionState;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelSnapshot;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.ResultCode;

/**
 * What a tunnel does to outlive a failure of either end (RFC 4951): while it is up it is kept on disk, after our failure its
 * sessions go on with what was kept, and after one of the peer it follows where the peer asks from.
 */
final class TunnelFailover {
    /** A tunnel whose sessions come and go is written no more often than this, and less often the more it has. */
    private static final long LEAST_WAIT_MILLIS = 1_000;
    private static final int SESSIONS_PER_MILLI = 10;

    private final ControlledTunnel tunnel;
    private final Worker worker;
    private final TunnelLifecycle lifecycle;
    private final PeerCalls peerCalls;
    private final Timer save = new Timer(now -> save());
    private final Map<Integer, SavedSession> before = new HashMap<>();
    /** Where the peer asks from to go on, while nobody knows that it is the peer. */
    private PeerPath asker;
    /** Whether the message that is read now came from there. */
    private boolean hearsAsker;
    private Optional<Instant> recovered = Optional.empty();
    private boolean kept;
    private boolean over;

    TunnelFailover(ControlledTunnel tunnel, TunnelLifecycle lifecycle, PeerCalls peerCalls) {
        this.tunnel = tunnel;
        this.worker = tunnel.worker();
        this.lifecycle = lifecycle;
        this.peerCalls = peerCalls;
    }

    // ---- what is kept

    /** Something of it has changed that has to be kept. */
    void changed() {
        if (!over && !save.isArmed() && tunnel.protocol().filter(up -> up.failover().capable()).isPresent()) {
            worker.wheel().arm(save, worker.nowMillis() + LEAST_WAIT_MILLIS + tunnel.sessions().size() / SESSIONS_PER_MILLI);
        }
    }

    private void save() {
        Optional<TunnelSnapshot> snapshot = tunnel.protocol().flatMap(Tunnel::snapshot).filter(TunnelSnapshot::recoverable);
        snapshot.ifPresent(protocol -> {
            kept = true;
            PeerPath path = tunnel.path();
            List<SavedSession> sessions = tunnel.sessions().all().stream().flatMap(session -> saved(session).stream()).toList();
            worker.engine().states().keep(new SavedTunnel(tunnel.identity().name(), tunnel.identity().origin(),
                    path.encapsulation(), path.local(), path.remote(), protocol, sessions));
        });
    }

    /** A session that goes on elsewhere, or whose PPP is not up or another's, is not kept: its peer clears it. */
    private Optional<SavedSession> saved(LiveSession live) {
        Optional<SavedPpp> ppp = live.ppp().saved();
        if (live.plan().pseudowireType() == PseudowireType.PPP && ppp.isEmpty()) {
            return Optional.empty();
        }
        return tunnel.protocol().flatMap(up -> up.session(live.sessionId())).flatMap(Session::snapshot)
                .map(session -> new SavedSession(live.plan().name(), live.plan().origin(), session, ppp));
    }

    boolean isKept() {
        return kept;
    }

    /** Goes on where another object was. */
    void resume(boolean wasKept, Optional<Instant> recoveredBefore) {
        kept = wasKept;
        recovered = recoveredBefore;
        changed();
    }

    /** Another object goes on, with what is on disk too. */
    void park() {
        over = true;
        worker.wheel().cancel(save);
    }

    /** The tunnel is over. */
    void over() {
        over = true;
        worker.wheel().cancel(save);
        if (kept) {
            worker.engine().states().forget(tunnel.tunnelId());
        }
    }

    // ---- after our failure

    /** These sessions were up before. */
    void expects(List<SavedSession> sessions) {
        kept = true;
        sessions.forEach(session -> before.put(session.protocol().localId(), session));
    }

    List<SavedSession> expected() {
        return List.copyOf(before.values());
    }

    /** The peer goes on with the tunnel: so do its sessions. */
    void restoreSessions(Tunnel protocol) {
        for (Session session : List.copyOf(protocol.sessions())) {
            SavedSession saved = before.get(session.localId());
            if (saved != null && session.state() == SessionState.ESTABLISHED) {
                restore(session, saved);
            }
        }
        before.clear();
    }

    private void restore(Session session, SavedSession saved) {
        Optional<LiveSession> live = saved.origin() == Origin.LOCAL ? lifecycle.restore(tunnel, saved.name(), session)
                : Optional.of(peerCalls.restore(session));
        if (live.isEmpty()) {
            session.close(ResultCode.of(CallResult.ADMINISTRATIVE, "removed from the configuration"), worker.nowMillis());
            return;
        }
        saved.ppp().ifPresent(live.get().ppp()::goOn);
        tunnel.sessionEstablished(session, saved.protocol().connected());
    }

    // ---- after the peer's

    /** Somebody asks to go on with the tunnel, from the peer's address and perhaps another port; false if that has to be refused. */
    boolean takeRecovery(Tunnel protocol, Arrival arrival) {
        if (!tunnel.path().isHostOf(arrival)) {
            return false;
        }
        PeerPath last = asker;
        asker = arrival.port().beside().pathTo(arrival.source(), Optional.of(arrival.destination()));
        boolean taken = protocol.takeRecovery(arrival.packet(), worker.nowMillis());
        asker = taken ? asker : last;
        return taken;
    }

    /** Whether a message is of a recovery tunnel, from where somebody asked for it. */
    boolean isAsker(Arrival arrival) {
        hearsAsker = asker != null && Datagram.tunnelId(arrival.packet()) != tunnel.tunnelId() && asker.isSourceOf(arrival);
        return hearsAsker;
    }

    /** Where a control message goes: those of a recovery tunnel to who asked for it. */
    PeerPath pathOf(ByteBuffer message) {
        boolean ofRecovery = asker != null && Datagram.tunnelId(message) != tunnel.peerTunnelId();
        return ofRecovery ? asker : tunnel.path();
    }

    /** The peer has shown that it is the peer. True when it is heard elsewhere now. */
    boolean peerIsBack() {
        PeerPath old = tunnel.path();
        if (!hearsAsker || asker.remote().equals(old.remote())) {
            return false;
        }
        tunnel.path(asker);
        return true;
    }

    void recovered() {
        recovered = Optional.of(worker.engine().now());
    }

    /** When it was recovered last. */
    Optional<Instant> recoveredAt() {
        return recovered;
    }
}
