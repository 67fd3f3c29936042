package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.isthmus.protocol.channel.ReliableChannel;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.Decoded;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.Rejection;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.SuggestedSequence;

/**
 * How a tunnel comes up: SCCRQ, SCCRP, SCCCN, and what is refused on the way. The exchange is the same in both versions
 * (RFC 2661 section 7.2.1, RFC 3931 section 7.2); what the messages say is not.
 */
abstract class Setup {

    final ControlConnection connection;
    final TunnelConfig config;
    final TunnelCounters counters;
    private SuggestedSequence suggestion = SuggestedSequence.ZERO;
    private OptionalInt phb = OptionalInt.empty();

    Setup(ControlConnection connection, TunnelConfig config, TunnelCounters counters) {
        this.connection = connection;
        this.config = config;
        this.counters = counters;
    }

    // What the versions do differently

    /** As originator: the SCCRQ. */
    abstract byte[] sccrq();

    /** The identifier that the sender of an SCCRQ or SCCRP gave the tunnel; 0 when there is none. */
    abstract int assignedId(ControlMessage message);

    /** What the peer says about itself in its SCCRQ or SCCRP, with this window. */
    abstract PeerFacts facts(ControlMessage message, int receiveWindow);

    /** What speaks against the peer in its SCCRQ or SCCRP, or null. */
    abstract CloseCause judge(ControlMessage message);

    /** What speaks against the peer in how it answers our authentication in SCCRP or SCCCN, or null. */
    abstract CloseCause judgeAnswer(ControlMessage message);

    /** The answer to an SCCRQ, no larger than the budget if that can be. */
    abstract byte[] sccrp(ControlMessage sccrq, int budget);

    /** The answer to an SCCRP. */
    abstract byte[] scccn(ControlMessage sccrp);

    /** Nothing is outstanding any more. */
    abstract void forget();

    /** The PHB code that both ends agreed on (RFC 3308). */
    OptionalInt phb() {
        return phb;
    }

    /**
     * The PHB code of the control connection (RFC 3308): what we answer to the wish of an SCCRQ is what we want, and
     * whatever an SCCRP answers to ours is taken. Nothing when either end says nothing.
     */
    OptionalInt agreePhb(ControlMessage message, OptionalInt value) {
        boolean both = message.has(AvpType.CONTROL_CONNECTION_DS) && config.diffServ().control().isPresent();
        phb = both ? value : OptionalInt.empty();
        return phb;
    }

    /** As originator: takes what an SCCRP answers. */
    void learnPhb(ControlMessage sccrp) {
        agreePhb(sccrp, OptionalInt.of(sccrp.integer(AvpType.CONTROL_CONNECTION_DS, 0)));
    }

    // What they have in common

    /** As receiver: answers the SCCRQ with SCCRP, or refuses with one StopCCN, or says nothing. */
    void answer(ByteBuffer sccrq) {
        Decoded decoded = ControlMessage.decode(sccrq, config.secret(), connection.observer()::knows);
        int budget = sccrq.remaining();
        if (decoded instanceof Rejection rejection) {
            refuseRejected(rejection, budget);
            return;
        }
        ControlMessage message = (ControlMessage) decoded;
        counters.countReceived(message);
        if (message.type() != MessageType.SCCRQ || message.ns() != 0 || message.nr() != 0) {
            counters.count(Counter.UNEXPECTED);
            connection.end(CloseCause.of(Kind.PROTOCOL, "the first message was " + message.type()
                    + " with Ns " + message.ns() + ", not an SCCRQ with Ns 0"));
            return;
        }
        if (assignedId(message) == 0) {
            connection.end(CloseCause.of(Kind.PROTOCOL, "the SCCRQ has no Assigned Tunnel ID to answer to"));
            return;
        }
        connection.observer().received(message);
        learnPeer(message);
        CloseCause refusal = judgePeer(message);
        if (refusal != null) {
            connection.refuse(refusal, budget);
            return;
        }
        byte[] sccrp = sccrp(message, budget);
        if (sccrp.length > budget) {
            counters.count(Counter.REPLY_OVER_BUDGET);
            if (!config.allowReplyOverBudget()) {
                connection.end(CloseCause.of(Kind.REPLY_TOO_LARGE, "the SCCRP would have " + sccrp.length
                        + " octets, the SCCRQ had only " + budget));
                return;
            }
        }
        connection.reply(sccrp, budget);
    }

    private void refuseRejected(Rejection rejection, int budget) {
        counters.countRejected(rejection);
        String words = "the SCCRQ cannot be used: " + rejection.words();
        rejection.rest().filter(m -> m.type() == MessageType.SCCRQ).ifPresentOrElse(message -> {
            connection.learnRemoteId(assignedId(message));
            connection.refuse(CloseCause.of(Kind.PROTOCOL,
                    ResultCode.ofTunnel(rejection.error(), rejection.words()), words), budget);
        }, () -> connection.end(CloseCause.of(Kind.PROTOCOL, words)));
    }

    /** As originator: the SCCRP came. */
    void replied(ControlMessage sccrp, long now) {
        if (assignedId(sccrp) == 0) {
            connection.closeWith(CloseCause.of(Kind.PROTOCOL, ResultCode.ofTunnel(ErrorCode.BAD_VALUE,
                    "no Assigned Tunnel ID"), "the SCCRP has no Assigned Tunnel ID"));
            return;
        }
        learnPeer(sccrp);
        // Its challenge first: while ours is outstanding it is known when it comes back.
        CloseCause refusal = judgePeer(sccrp);
        if (refusal == null) {
            refusal = judgeAnswer(sccrp);
        }
        if (refusal != null) {
            connection.closeWith(refusal);
            return;
        }
        suggestion = sccrp.suggestedSequence().orElse(SuggestedSequence.ZERO);
        connection.send(MessageType.SCCCN, 0, scccn(sccrp));
        connection.establish();
    }

    /** As receiver: the SCCCN came. */
    void connected(ControlMessage scccn, long now) {
        CloseCause refusal = judgeAnswer(scccn);
        if (refusal != null) {
            connection.closeWith(refusal);
        } else {
            connection.establish();
        }
    }

    private CloseCause judgePeer(ControlMessage message) {
        CloseCause refusal = judge(message);
        return refusal != null || config.recovery().isEmpty() ? refusal
                : config.recovery().get().judge(connection.peer().orElseThrow());
    }

    /** What our SCCRP says of failover: nothing to a peer that said nothing of it. */
    Optional<FailoverCapability> capabilityFor(ControlMessage sccrq) {
        return sccrq.failoverCapability().isPresent() ? config.failover() : Optional.empty();
    }

    void resume(OptionalInt agreedPhb, SuggestedSequence suggested) {
        phb = agreedPhb;
        suggestion = suggested;
    }

    /** As originator of a recovery tunnel: where the peer has the old tunnel go on (RFC 4951). */
    SuggestedSequence suggestion() {
        return suggestion;
    }

    private void learnPeer(ControlMessage message) {
        int window = message.integer(AvpType.RECEIVE_WINDOW_SIZE, 0);
        // 0 is invalid (RFC 2661 section 5.8); the default serves as if it had not been sent.
        connection.learnPeer(facts(message, window == 0 ? ReliableChannel.DEFAULT_WINDOW : window));
    }
}
