package org.isthmus.ppp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.auth.Verifier;

/** One end of a {@link Simulation}: a link, a judge, an address pool, and a record of what was told. */
final class Side extends RecordedLink {
    final String name;
    Side peer;

    /** Knows one password for everybody. */
    Function<AuthenticationAttempt, AuthenticationVerdict> judge = attempt -> Verifier.judge(attempt, "secret");
    long judgeDelayMillis;
    /** Answers address requests; the default gives 10.0.0.1 and 10.0.0.2 at once. */
    Consumer<AddressRequest> pool;

    final List<byte[]> sent = new ArrayList<>();
    final List<AuthenticationAttempt> attempts = new ArrayList<>();
    final Map<NetworkFamily, Network> up = new EnumMap<>(NetworkFamily.class);
    int closings;

    /** The event from within which the link is closed, empty for none. */
    String closeAt = "";

    private final Simulation simulation;

    Side(Simulation simulation, String name, PppConfig config, Random random) {
        super(config, random);
        this.simulation = simulation;
        this.name = name;
        this.pool = request -> link.addressesGiven(request, Fixtures.GRANT, simulation.now());
    }

    @Override
    long now() {
        return simulation.now();
    }

    Network.Ipv4 ipv4() {
        return (Network.Ipv4) up.get(NetworkFamily.IPV4);
    }

    Network.Ipv6 ipv6() {
        return (Network.Ipv6) up.get(NetworkFamily.IPV6);
    }

    /** The texts of all sent packets of a protocol and code, from an offset in the packet's data. */
    List<String> sentTexts(int protocol, int code, int offset) {
        List<String> texts = new ArrayList<>();
        for (byte[] frame : sent) {
            ByteBuffer bytes = ByteBuffer.wrap(frame);
            if ((bytes.getShort() & 0xffff) == protocol && bytes.get() == code) {
                int start = 6 + offset;
                texts.add(new String(frame, start, frame.length - start, StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private void closeIf(String event) {
        if (event.equals(closeAt)) {
            link.close("from within " + event, simulation.now());
        }
    }

    @Override
    public void send(ByteBuffer frame) {
        closeIf("send");
        byte[] copy = new byte[frame.remaining()];
        frame.duplicate().get(copy);
        sent.add(copy);
        simulation.carry(frame, peer);
    }

    @Override
    public void phaseChanged(PppPhase from, PppPhase to) {
        super.phaseChanged(from, to);
        closeIf("phase " + to);
    }

    @Override
    public void authenticate(AuthenticationAttempt attempt) {
        attempts.add(attempt);
        closeIf("authenticate");
        AuthenticationVerdict verdict = judge.apply(attempt);
        if (verdict == null) {
            return;
        }
        if (judgeDelayMillis == 0) {
            link.authenticationResult(attempt, verdict, simulation.now());
        } else {
            simulation.after(judgeDelayMillis,
                    () -> link.authenticationResult(attempt, verdict, simulation.now()));
        }
    }

    @Override
    public void addressesNeeded(AddressRequest request) {
        events.add("addresses for '" + request.userName() + "'");
        closeIf("addresses");
        pool.accept(request);
    }

    @Override
    public void bundleNeeded(Multilink agreed, String userName) {
        events.add("bundle for '" + userName + "'");
        link.leadBundle(simulation.now());
    }

    @Override
    public void networkUp(Network network) {
        events.add("up " + network.family());
        closeIf("up");
        if (up.put(network.family(), network) != null) {
            throw new AssertionError(name + ": up twice");
        }
    }

    @Override
    public void networkDown(NetworkFamily family) {
        events.add("down " + family);
        if (up.remove(family) == null) {
            throw new AssertionError(name + ": down without up");
        }
    }

    @Override
    public void linkClosed(CloseReason closeReason) {
        events.add("closed " + closeReason.cause());
        reason = closeReason;
        closings++;
        if (!up.isEmpty() || closings > 1) {
            throw new AssertionError(name + ": closed twice or with networks up");
        }
    }
}
