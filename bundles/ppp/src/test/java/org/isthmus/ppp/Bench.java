package org.isthmus.ppp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationVerdict;

/** One link whose peer is the test: frames go in and out as hexadecimal digits. */
final class Bench extends RecordedLink {
    final List<String> sent = new ArrayList<>();
    Function<AuthenticationAttempt, AuthenticationVerdict> judge = attempt -> null;
    AddressRequest request;
    Network network;
    /** Whether the link leads its bundle as soon as it may. */
    boolean bundles;
    int attempts;
    long now = 50_000;

    Bench(PppConfig config) {
        super(config, new Random(99));
    }

    @Override
    long now() {
        return now;
    }

    void open() {
        link.open(now);
    }

    void feed(String hex) {
        link.receive(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))), now);
    }

    /** Lets time pass, with all timers. */
    void pass(long millis) {
        long end = now + millis;
        while (link.nextTimeoutMillis() <= end) {
            now = Math.max(now, link.nextTimeoutMillis());
            link.timeout(now);
        }
        now = end;
    }

    void clear() {
        sent.clear();
    }

    /** All frames sent that begin so. */
    List<String> all(String prefix) {
        return sent.stream().filter(frame -> frame.startsWith(prefix.replace(" ", ""))).toList();
    }

    String lastOf(String prefix) {
        List<String> frames = all(prefix);
        if (frames.isEmpty()) {
            throw new AssertionError("nothing sent that begins with " + prefix + ": " + sent);
        }
        return frames.get(frames.size() - 1);
    }

    /** Acknowledges the last Configure-Request of a protocol. */
    void ackLast(String protocol) {
        String frame = lastOf(protocol + "01");
        feed(protocol + "02" + frame.substring(6));
    }

    /** Opens LCP: acknowledges what the link asks for, and asks for these options. */
    void openLcp(String options) {
        ackLast("c021");
        configure("c021", 1, options);
    }

    /** The peer sends a Configure-Request. */
    void configure(String protocol, int identifier, String options) {
        String hex = options.replace(" ", "");
        feed(String.format("%s01%02x%04x%s", protocol, identifier, 4 + hex.length() / 2, hex));
    }

    @Override
    public void send(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        sent.add(HexFormat.of().formatHex(bytes));
    }

    @Override
    public void authenticate(AuthenticationAttempt attempt) {
        attempts++;
        AuthenticationVerdict verdict = judge.apply(attempt);
        if (verdict != null) {
            link.authenticationResult(attempt, verdict, now);
        }
    }

    @Override
    public void addressesNeeded(AddressRequest needed) {
        request = needed;
    }

    @Override
    public void bundleNeeded(Multilink agreed, String userName) {
        events.add("bundle needed");
        if (bundles) {
            link.leadBundle(now);
        }
    }

    @Override
    public void bundleLeft() {
        events.add("bundle left");
    }

    @Override
    public void networkUp(Network up) {
        network = up;
        events.add("up " + up.family());
    }

    @Override
    public void networkDown(NetworkFamily family) {
        events.add("down " + family);
    }

    @Override
    public void linkClosed(CloseReason closeReason) {
        reason = closeReason;
        events.add("closed");
    }
}
