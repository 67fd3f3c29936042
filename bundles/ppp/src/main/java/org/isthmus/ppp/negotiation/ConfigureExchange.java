package org.isthmus.ppp.negotiation;

import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.PppCounter;
import org.isthmus.ppp.Retry;

/**
 * The Configure packets of one negotiation: which answer belongs to our request, what to answer to the peer's, and how
 * often. Whether an answer counts is decided here, what follows from it in the {@link Automaton}.
 */
final class ConfigureExchange {
    /** What a Configure-Nak or -Reject amounts to. */
    enum Refusal {
        /** No answer to our request: it never came. */
        INVALID,
        /** The next request will be another one. */
        GO_ON,
        /** There is no way on. */
        NO_AGREEMENT
    }

    private final Retry retry;
    private final Line line;
    private final NegotiatedProtocol owner;
    private OwnRequest request = OwnRequest.NONE;
    private int naksSent;
    private int naksReceived;
    private int rounds;

    ConfigureExchange(Retry retry, Line line, NegotiatedProtocol owner) {
        this.retry = retry;
        this.line = line;
        this.owner = owner;
    }

    /** A negotiation begins, for the first time or anew. */
    void begin() {
        request = OwnRequest.NONE;
        naksSent = 0;
        naksReceived = 0;
        owner.begin();
    }

    /** Both sides agreed. */
    void agreed() {
        rounds = 0;
    }

    /** Counts one more packet of this negotiation; false if there were too many. */
    boolean mayGoOn() {
        return ++rounds <= Automaton.MAX_ROUNDS;
    }

    /**
     * Our request: a new one, with a new identifier, if the last one was answered; else the same once more, so that a
     * late answer still counts.
     */
    OwnRequest nextRequest(PacketSender packets) {
        if (request.isAnswered()) {
            request = new OwnRequest(packets.nextIdentifier(), owner.request());
        }
        return request;
    }

    /** The options of a packet; empty, and counted, if they are malformed. */
    Optional<List<Option>> options(ControlPacket packet) {
        Optional<List<Option>> options = Option.parse(packet.data());
        if (options.isEmpty()) {
            line.count(PppCounter.RX_MALFORMED);
        }
        return options;
    }

    /** Answers a request of the peer; true if by an Ack. */
    boolean answer(ControlPacket packet, List<Option> options, PacketSender packets) {
        Judgement judgement = new Judgement(naksSent < retry.maxConfigureNaks());
        owner.judge(options, judgement);
        int code = judgement.code();
        if (code == ControlPacket.CONFIGURE_ACK) {
            naksSent = 0;
            packets.send(code, packet.identifier(), packet.bytes());
            return true;
        }
        naksSent += code == ControlPacket.CONFIGURE_NAK ? 1 : 0;
        packets.send(code, packet.identifier(), Option.encode(judgement.options()));
        return false;
    }

    /** Whether a Configure-Ack belongs to our request and repeats it exactly. */
    boolean isAcknowledged(ControlPacket ack) {
        if (!request.awaits(ack.identifier()) || !request.isEchoedBy(ack)) {
            line.count(PppCounter.RX_UNEXPECTED_ANSWER);
            return false;
        }
        request.answered();
        naksReceived = 0;
        return true;
    }

    /** A Configure-Nak or -Reject; too many Naks in a row count as a Reject. */
    Refusal refused(ControlPacket packet) {
        if (!request.awaits(packet.identifier())) {
            line.count(PppCounter.RX_UNEXPECTED_ANSWER);
            return Refusal.INVALID;
        }
        Optional<List<Option>> options = options(packet);
        if (options.isEmpty()) {
            return Refusal.INVALID;
        }
        boolean reject = packet.code() == ControlPacket.CONFIGURE_REJECT;
        // "MUST be a proper subset of those in the last transmitted Configure-Request" (RFC 1661 section 5.4)
        if (reject && !request.options().containsAll(options.get())) {
            line.count(PppCounter.RX_UNEXPECTED_ANSWER);
            return Refusal.INVALID;
        }
        request.answered();
        naksReceived = reject ? 0 : naksReceived + 1;
        boolean goOn;
        if (reject) {
            goOn = owner.rejected(options.get());
        } else if (naksReceived > retry.maxConfigureNaks()) {
            goOn = owner.rejected(request.ofTypes(options.get()));
        } else {
            goOn = owner.naked(options.get());
        }
        return goOn ? Refusal.GO_ON : Refusal.NO_AGREEMENT;
    }
}
