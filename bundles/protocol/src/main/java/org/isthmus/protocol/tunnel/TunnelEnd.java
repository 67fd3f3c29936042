package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.TunnelState.CLOSING;
import static org.isthmus.protocol.tunnel.TunnelState.FINISHED;
import static org.isthmus.protocol.tunnel.TunnelState.LINGERING;

import org.isthmus.protocol.channel.ReliableChannel;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.wire.MessageType;

/** How a control connection ends: what the peer is told, who else is, and how long duplicates are still acknowledged. */
final class TunnelEnd {

    private final ControlConnection connection;
    private final ReliableChannel<?> channel;
    private final Deadlines deadlines;
    private final TunnelObserver observer;
    private final Runnable linger = this::beginLinger;

    TunnelEnd(ControlConnection connection, ReliableChannel<?> channel, Deadlines deadlines, TunnelObserver observer) {
        this.connection = connection;
        this.channel = channel;
        this.deadlines = deadlines;
        this.observer = observer;
    }

    /** What follows when our StopCCN is acknowledged; always the same object, so that a checkpoint knows it. */
    Runnable linger() {
        return linger;
    }

    /** Closes from this side, with the result of the cause. */
    void byUs(CloseCause cause) {
        if (!connection.state().isOpen()) {
            return;
        }
        byte[] stopccn = connection.dialect().messages().stopccn(cause.result().orElseThrow());
        if (!channel.isActive()) {
            atOnce(cause);
        } else if (connection.remoteId() == 0) {
            connection.counters().countSent(MessageType.STOPCCN);
            channel.sendOnce(stopccn);
            atOnce(cause);
        } else {
            connection.state(CLOSING);
            connection.counters().countSent(MessageType.STOPCCN);
            channel.sendLast(stopccn, MessageType.STOPCCN.name(), linger);
            closed(cause);
        }
    }

    /** The peer closed. */
    void byPeer(CloseCause cause) {
        beginLinger();
        channel.stopSending();
        closed(cause);
    }

    /** Refuses an SCCRQ with one StopCCN that is no larger. */
    void refuse(CloseCause cause, int budgetBytes) {
        byte[] stopccn = connection.dialect().messages().stopccn(cause.result().orElseThrow(), budgetBytes);
        if (stopccn != null && connection.remoteId() != 0) {
            connection.counters().countSent(MessageType.STOPCCN);
            channel.sendOnce(stopccn);
        }
        atOnce(cause);
    }

    /** The tunnel is over, with no word to the peer. */
    void atOnce(CloseCause cause) {
        if (connection.state().isOpen()) {
            channel.stopSending();
            connection.state(LINGERING);
            closed(cause);
            finish();
        }
    }

    /** Nothing is acknowledged any more. */
    void finish() {
        if (connection.state() != FINISHED) {
            connection.state(FINISHED);
            observer.finished(connection.tunnel());
        }
    }

    /** Tells of the end; whatever state follows is set already. */
    private void closed(CloseCause cause) {
        connection.dialect().forgetSetup();
        connection.failover().over();
        connection.calls().closeAll(CloseCause.of(Kind.TUNNEL, "the tunnel ended: " + cause.words()), connection.now());
        observer.closed(connection.tunnel(), cause);
    }

    /** Duplicates are acknowledged for a full retransmission cycle (RFC 2661 section 5.7). */
    private void beginLinger() {
        connection.state(LINGERING);
        deadlines.lingerUntil(connection.now() + channel.fullCycleMillis());
    }
}
