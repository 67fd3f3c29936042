package org.isthmus.ppp.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.isthmus.ppp.AuthConfig;
import org.isthmus.ppp.PppCounter;
import org.isthmus.ppp.PppProtocol;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.Line;

/** CHAP as the client, RFC 1994 section 4: answers challenges, at any time while the link is up. */
public final class ChapClient implements Handshake {
    private final AuthenticationProtocol protocol;
    private final ChapMethod method;
    private final AuthConfig config;
    private final Line line;
    private final HandshakeOwner owner;
    private final Predicate<byte[]> isOurChallenge;

    private boolean waiting;
    private int identifier = -1;
    private byte[] challenge = {};
    private ChapMethod.Response response = new ChapMethod.Response(new byte[0], "");
    private int sent;
    private long deadline = Long.MAX_VALUE;

    /** @param isOurChallenge tells whether a challenge is the one that we sent to the peer */
    public ChapClient(AuthenticationProtocol protocol, AuthConfig config, Predicate<byte[]> isOurChallenge, Line line,
            HandshakeOwner owner) {
        this.protocol = protocol;
        this.method = ChapMethod.of(protocol);
        this.config = config;
        this.isOurChallenge = isOurChallenge;
        this.line = line;
        this.owner = owner;
    }

    @Override
    public void start() {
        // The peer speaks first.
    }

    @Override
    public void receive(ControlPacket packet) {
        if (packet.code() == ChapAuthenticator.CHALLENGE) {
            receiveChallenge(packet);
        } else if (!waiting || packet.identifier() != identifier) {
            line.count(PppCounter.RX_UNEXPECTED_ANSWER);
        } else {
            waiting = false;
            deadline = Long.MAX_VALUE;
            receiveResult(packet);
        }
    }

    private void receiveChallenge(ControlPacket packet) {
        Optional<ChapValue> received = ChapValue.parse(packet);
        if (received.isEmpty() || !method.acceptsChallenge(received.get().value().length)) {
            line.count(PppCounter.RX_MALFORMED);
            return;
        }
        byte[] value = received.get().value();
        if (isOurChallenge.test(value)) {
            // It wants us to work out the answer that it owes us.
            owner.weFailed("the peer sent our own " + protocol.label() + " challenge back to us");
            return;
        }
        // A copy of the same challenge gets a copy of the same response: the first one may have been judged already.
        if (packet.identifier() != identifier || !Arrays.equals(value, challenge)) {
            identifier = packet.identifier();
            challenge = value;
            response = method.respond(config.credentials(), identifier, challenge, line.random());
            sent = 0;
        }
        waiting = true;
        sendResponse();
    }

    /** The Success may get lost; the peer answers a repeated Response once more (section 4.1). */
    private void sendResponse() {
        sent++;
        deadline = line.now() + config.timers().chapRestart().toMillis();
        byte[] name = config.credentials().name().getBytes(StandardCharsets.UTF_8);
        line.send(PppProtocol.CHAP, ControlPacket.encode(ChapAuthenticator.RESPONSE, identifier,
                new ChapValue(response.value(), name).encode()));
    }

    private void receiveResult(ControlPacket packet) {
        String message = packet.text();
        if (packet.code() == ChapAuthenticator.FAILURE) {
            String explanation = method.explainFailure(message);
            owner.weFailed("the peer refuses name '" + config.credentials().name() + "' and its password by "
                    + protocol.label() + (explanation.isEmpty() ? "" : ": " + explanation));
        } else if (!message.regionMatches(true, 0, response.expectedSuccess(), 0,
                response.expectedSuccess().length())) {
            owner.weFailed("the peer accepts us but does not know our password: its " + protocol.label()
                    + " authenticator response is wrong");
        } else {
            owner.weProved();
        }
    }

    @Override
    public long deadline() {
        return deadline;
    }

    /** After some repetitions it only waits: the judge may be slow, and the whole authentication has its own limit. */
    @Override
    public void expire() {
        deadline = Long.MAX_VALUE;
        if (sent < config.timers().chapMaxChallenges()) {
            sendResponse();
        }
    }
}
