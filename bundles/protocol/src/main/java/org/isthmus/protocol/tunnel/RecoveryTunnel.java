package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.tunnel.TunnelCheckpoint.Recovery;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;
import org.isthmus.protocol.wire.SuggestedSequence;

/** One recovery tunnel of a {@link Failover}: a tunnel that carries no calls and lives only to bring another one back. */
final class RecoveryTunnel implements TunnelObserver {

    private final Failover failover;
    private final TunnelObserver wire;
    private final boolean asks;
    private Tunnel tunnel;
    private boolean up;
    private boolean over;

    private RecoveryTunnel(Failover failover, TunnelObserver wire, boolean asks) {
        this.failover = failover;
        this.wire = wire;
        this.asks = asks;
    }

    /** This end failed and asks; nothing is sent before {@link #open}. */
    static RecoveryTunnel asking(Failover failover, TunnelObserver wire) {
        return new RecoveryTunnel(failover, wire, true);
    }

    /** The peer failed and asks. */
    static RecoveryTunnel asked(Failover failover, TunnelObserver wire) {
        return new RecoveryTunnel(failover, wire, false);
    }

    @Override
    public boolean knows(ControlMessage message, int vendorId, int attribute) {
        return wire.knows(message, vendorId, attribute);
    }

    void open(TunnelConfig config, RandomGenerator random, long now) {
        tunnel = Tunnel.open(config, this, random, now);
    }

    void accept(ByteBuffer sccrq, TunnelConfig config, RandomGenerator random, long now) {
        tunnel = Tunnel.accept(sccrq, config, this, random, now);
    }

    /** Goes on as another object did. */
    void resume(Recovery before, TunnelConfig config, RandomGenerator random, long now) {
        up = before.up();
        over = before.over();
        tunnel = Tunnel.resume(before.tunnel(), config, this, random, now);
    }

    Recovery checkpoint(boolean current, long now) {
        RecoveryTerms terms = tunnel.config().recovery().orElseThrow();
        return new Recovery(asks, current, up, over, tunnel.config().establishTimeoutMillis(), terms.asks(), terms.suggests(),
                tunnel.checkpoint(now));
    }

    /** Whether this end failed and asked. */
    boolean asks() {
        return asks;
    }

    Tunnel tunnel() {
        return tunnel;
    }

    /** Whether the ends know each other again. */
    boolean isUp() {
        return up;
    }

    /** Whether it can bring nothing back any more. */
    boolean isOver() {
        return over;
    }

    /** Up, and the peer has all that we said. */
    boolean isConfirmed() {
        return up && !over && tunnel.channel().queued() == 0;
    }

    /** Our first Ns on the recovered tunnel, and what we expect first. */
    SuggestedSequence sequence() {
        if (asks) {
            return tunnel.connection().dialect().setup().suggestion();
        }
        SuggestedSequence theirs = tunnel.config().recovery().orElseThrow().suggests().orElseThrow();
        return new SuggestedSequence(theirs.nr(), theirs.ns());
    }

    /** Its work is done; to end it, fewer retries have to do. */
    void close(int maxRetries, long now) {
        tunnel.reconfigure(tunnel.config().toBuilder().maxRetries(maxRetries).build(), now);
        tunnel.close(ResultCode.of(StopResult.CLEAR, "recovered"), now);
    }

    @Override
    public void send(ByteBuffer datagram) {
        if (!failover.isOver()) {
            wire.send(datagram);
        }
    }

    @Override
    public void established(Tunnel established, PeerFacts peer) {
        up = true;
        failover.recovered(this);
    }

    @Override
    public void callReceived(Session session, IncomingCall call) {
        session.reject(ResultCode.of(CallResult.NO_FACILITIES, "a recovery tunnel"), failover.now());
    }

    @Override
    public void sessionEstablished(Session session, ConnectedCall call) {
        throw new IllegalStateException("a recovery tunnel takes no calls");
    }

    @Override
    public void dataMayFlow(Session session) {
        throw new IllegalStateException("a recovery tunnel places no calls");
    }

    @Override
    public void sessionClosed(Session session, CloseCause cause) {
        // Of a call that was rejected.
    }

    @Override
    public void closed(Tunnel closed, CloseCause cause) {
        over = true;
        failover.ended(this, cause);
    }

    @Override
    public void finished(Tunnel finished) {
        failover.finished(finished.localId());
    }
}
