package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.TunnelState.ESTABLISHED;
import static org.isthmus.protocol.tunnel.TunnelState.WAIT_CTL_CONN;
import static org.isthmus.protocol.tunnel.TunnelState.WAIT_CTL_REPLY;

import java.util.Optional;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.Rejection;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;

/**
 * What a message of the peer does in each state of an open control connection (RFC 2661 section 7.2.1, RFC 3931
 * section 7.2).
 */
final class TunnelStateTable {

    private final ControlConnection connection;
    private final TunnelCounters counters;

    TunnelStateTable(ControlConnection connection, TunnelCounters counters) {
        this.connection = connection;
        this.counters = counters;
    }

    void received(ControlMessage message, long now) {
        TunnelState state = connection.state();
        MessageType type = message.type();
        if (type == MessageType.STOPCCN) {
            stopped(message);
        } else if (type == MessageType.SCCRP && state == WAIT_CTL_REPLY) {
            connection.dialect().setup().replied(message, now);
        } else if (type == MessageType.SCCCN && state == WAIT_CTL_CONN) {
            connection.dialect().setup().connected(message, now);
        } else if (type.ofSession() && state == ESTABLISHED) {
            connection.calls().received(message, now);
        } else if (type != MessageType.HELLO) {
            unexpected(message);
        }
    }

    private void unexpected(ControlMessage message) {
        counters.count(Counter.UNEXPECTED);
        String words = message.type() + " in state " + connection.state();
        connection.closeWith(CloseCause.of(Kind.PROTOCOL, ResultCode.of(StopResult.FSM_ERROR, words),
                "the peer sent " + words));
    }

    /** A message that cannot be used; what could be read of it says whom it concerns. */
    void rejected(Rejection rejection, long now) {
        Optional<ControlMessage> rest = rejection.rest();
        if (rejection.reason().consequence() != Rejection.Consequence.CLEAR || rest.isEmpty()) {
            return;
        }
        TunnelState state = connection.state();
        ControlMessage message = rest.get();
        if (message.type() == MessageType.STOPCCN) {
            stopped(message);
        } else if (message.type().ofSession() && state == ESTABLISHED) {
            connection.calls().rejected(rejection, message, now);
        } else {
            if (state == WAIT_CTL_REPLY && message.type() == MessageType.SCCRP) {
                connection.learnRemoteId(message.assignedTunnelId());
            }
            connection.closeWith(CloseCause.of(Kind.PROTOCOL,
                    ResultCode.ofTunnel(rejection.error(), rejection.words()),
                    "the peer's message cannot be used: " + rejection.words()));
        }
    }

    private void stopped(ControlMessage message) {
        int assigned = message.assignedTunnelId();
        if (connection.remoteId() == 0) {
            connection.learnRemoteId(assigned);
        } else if (assigned != connection.remoteId()) {
            counters.count(Counter.WRONG_ASSIGNED_ID);
            if (!connection.config().acceptWrongAssignedId()) {
                return;
            }
        }
        String words = message.resultCode().map(ResultCode::words).orElse("no result code");
        connection.stopped(new CloseCause(Kind.PEER, message.resultCode(), Optional.empty(), Optional.empty(),
                "the peer sent StopCCN: " + words));
    }
}
