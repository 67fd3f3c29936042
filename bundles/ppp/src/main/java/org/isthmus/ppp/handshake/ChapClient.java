package org.isthmus.ppp.handshake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
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
    private static final int MAX_ANSWERED = 4;

    /** A challenge and our response to it. */
    private record Answered(int identifier, byte[] challenge, ChapMethod.Response response) {
        boolean isTo(int otherIdentifier, byte[] otherChallenge) {
            return identifier == otherIdentifier && Arrays.equals(challenge, otherChallenge);
        }
    }

    private final AuthenticationProtocol protocol;
    private final ChapMethod method;
    private final AuthConfig config;
    private final Line line;
    private final HandshakeOwner owner;
    private final Predicate<byte[]> isOurChallenge;

    /** The latest last. More than one, since a challenge that was delayed must not make us forget a newer one. */
    private final Deque<Answered> answered = new ArrayDeque<>(MAX_ANSWERED);
    private boolean waiting;
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
            return;
        }
        Optional<Answered> judged = answered.stream()
                .filter(answer -> answer.identifier() == packet.identifier()).findFirst();
        if (!waiting || judged.isEmpty()) {
            line.count(PppCounter.RX_UNEXPECTED_ANSWER);
            return;
        }
        waiting = false;
        deadline = Long.MAX_VALUE;
        receiveResult(packet, judged.get().response());
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
        Optional<Answered> same = answered.stream()
                .filter(answer -> answer.isTo(packet.identifier(), value)).findFirst();
        Answered answer = same.orElseGet(() -> answer(packet.identifier(), value));
        waiting = true;
        sent = 0;
        send(answer);
    }

    private Answered answer(int identifier, byte[] challenge) {
        Answered answer = new Answered(identifier, challenge,
                method.respond(config.credentials(), identifier, challenge, line.random()));
        answered.removeIf(earlier -> earlier.identifier() == identifier);
        if (answered.size() == MAX_ANSWERED) {
            answered.removeFirst();
        }
        answered.addLast(answer);
        return answer;
    }

    /** The Success may get lost; the peer answers a repeated Response once more (section 4.1). */
    private void send(Answered answer) {
        sent++;
        deadline = line.now() + config.timers().chapRestart().toMillis();
        byte[] name = config.credentials().name().getBytes(StandardCharsets.UTF_8);
        line.send(PppProtocol.CHAP, ControlPacket.encode(ChapAuthenticator.RESPONSE, answer.identifier(),
                new ChapValue(answer.response().value(), name).encode()));
    }

    private void receiveResult(ControlPacket packet, ChapMethod.Response response) {
        String expectedSuccess = response.expectedSuccess();
        String message = packet.text();
        if (packet.code() == ChapAuthenticator.FAILURE) {
            String explanation = method.explainFailure(message);
            owner.weFailed("the peer refuses name '" + config.credentials().name() + "' and its password by "
                    + protocol.label() + (explanation.isEmpty() ? "" : ": " + explanation));
        } else if (!message.regionMatches(true, 0, expectedSuccess, 0, expectedSuccess.length())) {
            owner.weFailed("the peer accepts us but does not know our password: its " + protocol.label()
                    + " authenticator response is wrong");
        } else {
            owner.weProved(response.keys());
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
            send(answered.getLast());
        }
    }
}
