package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.channel.ReliableChannel;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.tunnel.Handshake.Verdict;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.Decoded;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.Rejection;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;

/** How a tunnel comes up: SCCRQ, SCCRP, SCCCN (RFC 2661 section 7.2.1), and what is refused on the way. */
final class Setup {

    private final ControlConnection connection;
    private final TunnelConfig config;
    private final TunnelCounters counters;
    private final Handshake handshake;
    private OptionalInt phb = OptionalInt.empty();

    Setup(ControlConnection connection, TunnelConfig config, TunnelCounters counters, RandomGenerator random) {
        this.connection = connection;
        this.config = config;
        this.counters = counters;
        this.handshake = new Handshake(config, random);
    }

    /** As originator: sends SCCRQ. */
    void request() {
        connection.send(MessageType.SCCRQ, connection.messages().sccrq(handshake.challenge()));
    }

    /** As receiver: answers the SCCRQ with SCCRP, or refuses with one StopCCN, or says nothing. */
    void answer(ByteBuffer sccrq) {
        Decoded decoded = ControlMessage.decode(sccrq, config.secret());
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
        if (message.integer(AvpType.ASSIGNED_TUNNEL_ID, 0) == 0) {
            connection.end(CloseCause.of(Kind.PROTOCOL, "the SCCRQ has no Assigned Tunnel ID to answer to"));
            return;
        }
        learnPeer(message);
        CloseCause refusal = judge(message);
        if (refusal != null) {
            connection.refuse(refusal, budget);
            return;
        }
        byte[] response = handshake.response(message, MessageType.SCCRP);
        byte[] sccrp = connection.messages().sccrp(response, handshake.challenge(),
                agreePhb(message, config.diffServ().control()), budget);
        if (sccrp.length > budget) {
            counters.count(Counter.REPLY_OVER_BUDGET);
            if (!config.allowReplyOverBudget()) {
                connection.end(CloseCause.of(Kind.REPLY_TOO_LARGE, "the SCCRP would have " + sccrp.length
                        + " octets, the SCCRQ had only " + budget));
                return;
            }
        }
        connection.reply(sccrp);
    }

    private void refuseRejected(Rejection rejection, int budget) {
        counters.countRejected(rejection);
        String words = "the SCCRQ cannot be used: " + rejection.words();
        rejection.rest().filter(m -> m.type() == MessageType.SCCRQ).ifPresentOrElse(message -> {
            connection.learnRemoteId(message.integer(AvpType.ASSIGNED_TUNNEL_ID, 0));
            connection.refuse(CloseCause.of(Kind.PROTOCOL, ResultCode.ofTunnel(rejection.error(), rejection.words()), words), budget);
        }, () -> connection.end(CloseCause.of(Kind.PROTOCOL, words)));
    }

    /** As originator: the SCCRP came. */
    void replied(ControlMessage sccrp, long now) {
        int remoteId = sccrp.integer(AvpType.ASSIGNED_TUNNEL_ID, 0);
        if (remoteId == 0) {
            connection.closeWith(CloseCause.of(Kind.PROTOCOL, ResultCode.ofTunnel(ErrorCode.BAD_VALUE,
                    "no Assigned Tunnel ID"), "the SCCRP has no Assigned Tunnel ID"));
            return;
        }
        learnPeer(sccrp);
        // Its challenge first: while ours is outstanding it is known when it comes back.
        CloseCause refusal = judge(sccrp);
        if (refusal == null) {
            refusal = authenticationFailure(handshake.judgeResponse(sccrp));
        }
        if (refusal != null) {
            connection.closeWith(refusal);
            return;
        }
        agreePhb(sccrp, OptionalInt.of(sccrp.integer(AvpType.CONTROL_CONNECTION_DS, 0)));
        byte[] response = handshake.response(sccrp, MessageType.SCCCN);
        connection.send(MessageType.SCCCN, connection.messages().scccn(response));
        connection.establish(now);
    }

    /** As receiver: the SCCCN came. */
    void connected(ControlMessage scccn, long now) {
        CloseCause refusal = authenticationFailure(handshake.judgeResponse(scccn));
        if (refusal != null) {
            connection.closeWith(refusal);
        } else {
            connection.establish(now);
        }
    }

    /** Nothing is outstanding any more. */
    void forget() {
        handshake.forget();
    }

    /** What speaks against the peer in its SCCRQ or SCCRP, or null. */
    private CloseCause judge(ControlMessage message) {
        int version = message.integer(AvpType.PROTOCOL_VERSION, Messages.PROTOCOL_VERSION);
        if (version >> 8 != Messages.PROTOCOL_VERSION >> 8) {
            return CloseCause.of(Kind.PROTOCOL, new ResultCode(ResultCode.Scope.TUNNEL,
                    StopResult.VERSION_UNSUPPORTED.code(), Messages.PROTOCOL_VERSION, ""),
                    "the peer speaks version " + (version >> 8) + " revision " + (version & 0xff) + ", we speak 1.0");
        }
        if (!message.has(AvpType.HOST_NAME)) {
            return CloseCause.of(Kind.PROTOCOL, ResultCode.ofTunnel(ErrorCode.BAD_VALUE, "no Host Name"),
                    "the " + message.type() + " has no Host Name");
        }
        return authenticationFailure(handshake.judgeChallenge(message));
    }

    private CloseCause authenticationFailure(Verdict verdict) {
        if (verdict == Verdict.ACCEPTED) {
            return null;
        }
        counters.count(verdict == Verdict.REFLECTED ? Counter.CHALLENGE_REFLECTED : Counter.AUTHENTICATION_FAILED);
        return CloseCause.of(Kind.AUTHENTICATION, ResultCode.of(StopResult.NOT_AUTHORIZED, ""), verdict.words());
    }

    /**
     * The PHB code of the control connection (RFC 3308): what we answer to the wish of an SCCRQ is what we want, and
     * whatever an SCCRP answers to ours is taken. Nothing when either end says nothing.
     */
    private OptionalInt agreePhb(ControlMessage message, OptionalInt value) {
        boolean both = message.has(AvpType.CONTROL_CONNECTION_DS) && config.diffServ().control().isPresent();
        phb = both ? value : OptionalInt.empty();
        return phb;
    }

    OptionalInt phb() {
        return phb;
    }

    private void learnPeer(ControlMessage message) {
        int window = message.integer(AvpType.RECEIVE_WINDOW_SIZE, 0);
        connection.learnPeer(new PeerFacts(message.text(AvpType.HOST_NAME), message.text(AvpType.VENDOR_NAME),
                message.integer(AvpType.FIRMWARE_REVISION, 0),
                message.integer(AvpType.PROTOCOL_VERSION, Messages.PROTOCOL_VERSION),
                message.integer(AvpType.ASSIGNED_TUNNEL_ID, 0),
                // 0 is invalid (RFC 2661 section 5.8); the default serves as if it had not been sent.
                window == 0 ? ReliableChannel.DEFAULT_WINDOW : window,
                message.integer(AvpType.FRAMING_CAPABILITIES, 0), message.integer(AvpType.BEARER_CAPABILITIES, 0),
                message.has(AvpType.CHALLENGE)));
    }
}
