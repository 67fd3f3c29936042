package org.isthmus.protocol.tunnel;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;

/** The set-up of version 3: digests instead of challenges (RFC 3931 sections 3.3.1 and 6.1 to 6.3). */
final class SetupOfVersion3 extends Setup {

    private final MessagesOfVersion3 messages;
    private final Authentication authentication;
    /** Of the version that the peer may fall back to. */
    private final SetupOfVersion2 fallback;

    SetupOfVersion3(ControlConnection connection, TunnelConfig config, TunnelCounters counters,
            MessagesOfVersion3 messages, Authentication authentication, SetupOfVersion2 fallback) {
        super(connection, config, counters);
        this.messages = messages;
        this.authentication = authentication;
        this.fallback = fallback;
    }

    @Override
    byte[] sccrq() {
        authentication.originate();
        return config.v3().fallback() ? messages.sccrqOfBothVersions(fallback.challenge()) : messages.sccrq();
    }

    /** Also of an SCCRQ that is one of both versions. */
    @Override
    int assignedId(ControlMessage message) {
        return (int) message.number(AvpType.ASSIGNED_CONNECTION_ID, 0);
    }

    @Override
    PeerFacts facts(ControlMessage message, int receiveWindow) {
        Set<PseudowireType> pseudowires = message.has(AvpType.PSEUDOWIRE_CAPABILITIES)
                ? message.pseudowireCapabilities() : EnumSet.allOf(PseudowireType.class);
        boolean asks = message.has(AvpType.AUTHENTICATION_NONCE);
        V3Facts facts = new V3Facts((int) message.number(AvpType.ROUTER_ID, 0), pseudowires,
                authentication.isEnabled(), message.text(AvpType.PREFERRED_LANGUAGE));
        return new PeerFacts(message.text(AvpType.HOST_NAME), message.text(AvpType.VENDOR_NAME),
                message.integer(AvpType.FIRMWARE_REVISION, 0),
                message.integer(AvpType.PROTOCOL_VERSION, 0), assignedId(message), receiveWindow,
                message.integer(AvpType.FRAMING_CAPABILITIES, 0), message.integer(AvpType.BEARER_CAPABILITIES, 0),
                asks, message.failoverCapability(), Optional.of(facts));
    }

    @Override
    CloseCause judge(ControlMessage message) {
        if (!message.has(AvpType.HOST_NAME) && !message.has(AvpType.ROUTER_ID)) {
            return CloseCause.of(Kind.PROTOCOL, ResultCode.ofTunnel(ErrorCode.BAD_VALUE, "no Host Name, no Router ID"),
                    "the " + message.type() + " has neither Host Name nor Router ID");
        }
        if (message.has(AvpType.AUTHENTICATION_NONCE) && !config.hasSecret()) {
            return unauthorized(Counter.AUTHENTICATION_FAILED, Handshake.Verdict.NO_SECRET.words());
        }
        if (config.v3().requireDigest() && !authentication.isEnabled()) {
            return unauthorized(Counter.AUTHENTICATION_FAILED,
                    "the peer does not authenticate its messages, but the configuration demands it");
        }
        if (authentication.isReflected(message)) {
            return unauthorized(Counter.CHALLENGE_REFLECTED, "the peer sent back a nonce of ours");
        }
        return null;
    }

    private CloseCause unauthorized(Counter counter, String words) {
        counters.count(counter);
        return CloseCause.of(Kind.AUTHENTICATION, ResultCode.of(StopResult.NOT_AUTHORIZED, ""), words);
    }

    /** The digest said it before the message was read. */
    @Override
    CloseCause judgeAnswer(ControlMessage message) {
        return null;
    }

    @Override
    byte[] sccrp(ControlMessage sccrq, int budget) {
        authentication.sendNonce();
        return messages.sccrp(capabilityFor(sccrq), agreePhb(sccrq, config.diffServ().control()), budget);
    }

    @Override
    byte[] scccn(ControlMessage sccrp) {
        authentication.learnNonce(sccrp);
        learnPhb(sccrp);
        return messages.scccn();
    }

    @Override
    void forget() {
        authentication.forget();
    }
}
