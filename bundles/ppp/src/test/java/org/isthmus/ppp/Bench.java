package org.isthmus.ppp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.mppe.Encryption;
import org.isthmus.ppp.mppe.MppeStrength;

/** One link whose peer is the test: frames go in and out as hexadecimal digits. */
final class Bench implements PppObserver {
    final PppLink link;
    final List<String> sent = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    Function<AuthenticationAttempt, AuthenticationVerdict> judge = attempt -> null;
    AddressRequest request;
    Network network;
    /** What its data path can do, and what was agreed on. */
    Set<MppeStrength> strengths = EnumSet.allOf(MppeStrength.class);
    Optional<Encryption> encryption = Optional.empty();
    CloseReason reason;
    /** Whether the link leads its bundle as soon as it may. */
    boolean bundles;
    int attempts;
    long now = 50_000;

    Bench(PppConfig config) {
        link = new PppLink(config, this, new Random(99));
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

    long count(PppCounter counter) {
        return link.counters().get(counter);
    }

    @Override
    public void send(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        sent.add(HexFormat.of().formatHex(bytes));
    }

    @Override
    public void phaseChanged(PppPhase from, PppPhase to) {
        events.add(to.name());
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
    public void authenticated(AuthenticationAttempt attempt) {
        events.add("authenticated " + attempt.name());
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
    public void encryptionNeeded(EncryptionRequest request) {
        events.add("encryption needed");
        link.encryptionPossible(request, strengths, now);
    }

    @Override
    public void encryptionUp(Encryption agreed) {
        events.add(agreed.words());
        encryption = Optional.of(agreed);
    }

    @Override
    public void encryptionDown() {
        events.add("encryption down");
        encryption = Optional.empty();
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
