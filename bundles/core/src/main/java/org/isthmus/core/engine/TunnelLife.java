package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.TUNNELS_ESTABLISHED;

import java.nio.ByteBuffer;
import java.util.List;

import org.isthmus.api.Cause;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.OutgoingCall;
import org.isthmus.protocol.tunnel.PeerFacts;
import org.isthmus.protocol.tunnel.ProbeOutcome;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelObserver;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.StopResult;
import org.isthmus.protocol.wire.VendorAvp;

/**
 * What the protocol's state machine makes of a tunnel: that it comes up, has sessions, closes and is over. On the worker's thread.
 */
final class TunnelLife implements TunnelObserver {
    private final ControlledTunnel tunnel;
    private final Worker worker;
    private final Engine engine;
    private final TunnelLifecycle lifecycle;
    private final PeerCalls peerCalls;
    private final TunnelFailover failover;
    private final ControlWay control;
    private final TunnelNews news;
    private final TunnelQuirks quirks;
    private boolean wasUp;
    private boolean closed;
    private boolean finished;

    TunnelLife(ControlledTunnel tunnel, TunnelLifecycle lifecycle, PeerCalls peerCalls, TunnelFailover failover, ControlWay control) {
        this.tunnel = tunnel;
        this.worker = tunnel.worker();
        this.engine = tunnel.engine();
        this.lifecycle = lifecycle;
        this.peerCalls = peerCalls;
        this.failover = failover;
        this.control = control;
        this.news = new TunnelNews(tunnel);
        this.quirks = new TunnelQuirks(tunnel);
    }

    /** Goes on where another object was. */
    void resume(boolean beforeWasUp, boolean beforeWasClosed) {
        wasUp = beforeWasUp;
        closed = beforeWasClosed;
    }

    @Override
    public void send(ByteBuffer datagram) {
        control.send(datagram, tunnel.protocol().orElse(null), false);
    }

    @Override
    public void sendProbe(ByteBuffer datagram) {
        control.send(datagram, tunnel.protocol().orElse(null), true);
    }

    @Override
    public boolean knows(ControlMessage message, int vendorId, int attribute) {
        return quirks.understand(message, vendorId, attribute);
    }

    @Override
    public void received(ControlMessage message) {
        quirks.received(message);
    }

    @Override
    public List<VendorAvp> added(MessageType type, int sessionId) {
        return quirks.added(type, sessionId);
    }

    @Override
    public void probed(Tunnel protocol, ProbeOutcome outcome) {
        tunnel.pathMtu().probed(outcome);
    }

    @Override
    public void established(Tunnel protocol, PeerFacts peer) {
        if (!lifecycle.mayEstablish(tunnel)) {
            tunnel.close(StopResult.GENERAL_ERROR, "max_tunnels is reached");
            return;
        }
        news.up(protocol, peer);
        cameUp(() -> { });
    }

    @Override
    public void recovered(Tunnel protocol) {
        failover.recovered();
        news.recovered(!wasUp);
        if (!wasUp) {
            cameUp(() -> failover.restoreSessions(protocol));
        } else if (failover.peerIsBack()) {
            tunnel.attach();
        }
        failover.changed();
    }

    @Override
    public int lendTunnelId() {
        return worker.tunnels().lendTo(tunnel, worker.nowMillis());
    }

    @Override
    public void returnTunnelId(int id) {
        worker.tunnels().takeBack(id, worker.nowMillis());
    }

    private void cameUp(Runnable sessions) {
        wasUp = true;
        worker.count(TUNNELS_ESTABLISHED);
        tunnel.up();
        sessions.run();
        lifecycle.established(tunnel);
        failover.changed();
        tunnel.attach();
    }

    @Override
    public void callReceived(Session session, IncomingCall call) {
        peerCalls.incoming(session, call);
    }

    @Override
    public void outgoingCallReceived(Session session, OutgoingCall call) {
        peerCalls.outgoing(session, call);
    }

    @Override
    public void sessionNotice(Session session, ControlMessage message) {
        tunnel.sessions().find(session.localId()).ifPresent(live -> live.line().notice(message));
    }

    @Override
    public void circuitChanged(Session session, CircuitStatus circuit) {
        tunnel.sessions().find(session.localId()).ifPresent(live -> live.peerCircuitChanged(circuit));
    }

    @Override
    public void speedChanged(Session session, ConnectedCall call) {
        tunnel.sessions().find(session.localId()).ifPresent(live -> live.line().speedChanged(call));
    }

    @Override
    public void sessionEstablished(Session session, ConnectedCall call) {
        tunnel.sessionEstablished(session, call);
    }

    @Override
    public void dataMayFlow(Session session) {
        tunnel.sessions().find(session.localId()).ifPresent(LiveSession::dataMayFlow);
    }

    @Override
    public void sessionClosed(Session session, CloseCause cause) {
        tunnel.sessions().find(session.localId()).ifPresent(live -> engine.circuits().over(session, live));
        tunnel.sessions().remove(session.localId(), cause);
        failover.changed();
    }

    @Override
    public void sessionTouched(Session session) {
        worker.journal().touched(tunnel, session.localId());
    }

    @Override
    public void closed(Tunnel protocol, CloseCause why) {
        closed = true;
        failover.over();
        Cause cause = Words.cause(why);
        news.down(why, cause, wasUp);
        tunnel.down(cause, wasUp);
        lifecycle.closed(tunnel, why, cause, wasUp);
    }

    @Override
    public void finished(Tunnel protocol) {
        finished = true;
        tunnel.stopTimer();
        worker.tunnels().remove(tunnel, wasUp, worker.nowMillis());
        tunnel.deleted();
        lifecycle.finished(tunnel);
    }

    /** Whether the tunnel was ever up. */
    boolean wasUp() {
        return wasUp;
    }

    /** Whether it has ended, though the peer may not know yet. */
    boolean isClosed() {
        return closed;
    }

    /** Whether nothing is left to do. */
    boolean isFinished() {
        return finished;
    }
}
