package org.isthmus.protocol.tunnel;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.tunnel.Handshake.Verdict;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;

/** The set-up of version 2, with challenges (RFC 2661 sections 5.1.1 and 6.1 to 6.3). */
final class SetupOfVersion2 extends Setup {

    private final MessagesOfVersion2 messages;
    private final Handshake handshake;

    SetupOfVersion2(ControlConnection connection, TunnelConfig config, TunnelCounters counters,
            MessagesOfVersion2 messages, RandomGenerator random) {
        super(connection, config, counters);
        this.messages = messages;
        this.handshake = new Handshake(config, random);
    }

    @Override
    byte[] sccrq() {
        return messages.sccrq(challenge());
    }

    /** Our challenge, from now on outstanding; empty when the peer is not challenged. */
    byte[] challenge() {
        return handshake.challenge();
    }

    Handshake handshake() {
        return handshake;
    }

    @Override
    int assignedId(ControlMessage message) {
        return message.integer(AvpType.ASSIGNED_TUNNEL_ID, 0);
    }

    @Override
    CloseCause judgeAnswer(ControlMessage message) {
        return authenticationFailure(handshake.judgeResponse(message));
    }

    @Override
    byte[] sccrp(ControlMessage sccrq, int budget) {
        byte[] response = handshake.response(sccrq, MessageType.SCCRP);
        return messages.sccrp(response, handshake.challenge(), agreePhb(sccrq, config.diffServ().control()), capabilityFor(sccrq),
                budget);
    }

    @Override
    byte[] scccn(ControlMessage sccrp) {
        learnPhb(sccrp);
        return messages.scccn(handshake.response(sccrp, MessageType.SCCCN));
    }

    @Override
    void forget() {
        handshake.forget();
    }

    @Override
    CloseCause judge(ControlMessage message) {
        int version = message.integer(AvpType.PROTOCOL_VERSION, MessagesOfVersion2.PROTOCOL_VERSION);
        if (version >> 8 != MessagesOfVersion2.PROTOCOL_VERSION >> 8) {
            return VersionRefusal.notSpoken(version);
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

    @Override
    PeerFacts facts(ControlMessage message, int receiveWindow) {
        return new PeerFacts(message.text(AvpType.HOST_NAME), message.text(AvpType.VENDOR_NAME),
                message.integer(AvpType.FIRMWARE_REVISION, 0),
                message.integer(AvpType.PROTOCOL_VERSION, MessagesOfVersion2.PROTOCOL_VERSION),
                assignedId(message), receiveWindow,
                message.integer(AvpType.FRAMING_CAPABILITIES, 0), message.integer(AvpType.BEARER_CAPABILITIES, 0),
                message.has(AvpType.CHALLENGE), message.failoverCapability(), Optional.empty());
    }
}
