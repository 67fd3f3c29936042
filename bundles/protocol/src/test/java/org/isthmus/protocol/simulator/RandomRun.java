package org.isthmus.protocol.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.isthmus.protocol.tunnel.Counter;
import org.isthmus.protocol.tunnel.Role;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionState;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.isthmus.protocol.tunnel.TunnelCounters;
import org.isthmus.protocol.tunnel.TunnelState;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;

/**
 * One run from one seed: hosts do things at random while the network misbehaves; then the network heals and both ends
 * of everything must come to agree; then all is closed and nothing may be left.
 */
final class RandomRun {

    private static final long TROUBLE_MILLIS = 120_000;
    /** Longer than hello interval, full retransmission cycle and establish timeouts together. */
    private static final long HEALING_MILLIS = 300_000;

    private final World world;
    private final SplittableRandom random;
    private final boolean corrupting;
    private long serial;
    private Tally tally = Tally.NOTHING;

    RandomRun(long seed, boolean tracing) {
        world = new World(seed, tracing);
        random = world.random();
        corrupting = random.nextInt(8) == 0;
    }

    World world() {
        return world;
    }

    /** How much happened: tunnels and sessions that came up, messages sent again. */
    Tally tally() {
        return tally;
    }

    record Tally(long tunnels, long calls, long retransmits, long duplicates, long outOfOrder) {

        static final Tally NOTHING = new Tally(0, 0, 0, 0, 0);

        Tally plus(Tally other) {
            return new Tally(tunnels + other.tunnels, calls + other.calls, retransmits + other.retransmits,
                    duplicates + other.duplicates, outOfOrder + other.outOfOrder);
        }

        static Tally of(Watch watch) {
            TunnelCounters counters = watch.tunnel().counters();
            return new Tally(watch.wasEstablished() ? 1 : 0, counters.received(MessageType.ICCN),
                    counters.get(Counter.RETRANSMITS), counters.get(Counter.DUPLICATES),
                    counters.get(Counter.OUT_OF_ORDER));
        }
    }

    void run() {
        int count = 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            configure(world.host("host" + i));
        }
        int steps = 10 + random.nextInt(60);
        for (int i = 0; i < steps; i++) {
            world.at(random.nextLong(TROUBLE_MILLIS), this::step);
        }
        world.runUntil(TROUBLE_MILLIS);
        world.impair(Impairment.NONE);
        world.runFor(HEALING_MILLIS);
        if (!corrupting) {
            world.hosts().forEach(this::assertAgreed);
        }
        for (Host host : world.hosts()) {
            List.copyOf(host.tunnels()).forEach(w -> w.act(() -> w.tunnel()
                    .close(ResultCode.of(StopResult.SHUTTING_DOWN, ""), world.now())));
        }
        world.runFor(HEALING_MILLIS);
        world.hosts().forEach(Host::assertNothingLeft);
        world.runFor(HEALING_MILLIS);
        assertEquals(0, world.pending(), "timers left");
        for (Host host : world.hosts()) {
            tally = host.history().stream().map(Tally::of).reduce(tally, Tally::plus);
        }
    }

    private void configure(Host host) {
        TunnelConfig.Builder template = host.template().secret(Host.SECRET)
                .role(Role.LAC_AND_LNS)
                .receiveWindowSize(1 + random.nextInt(16))
                .transmitWindowSize(1 + random.nextInt(32))
                .challenge(random.nextBoolean())
                .hideAvps(random.nextBoolean())
                .helloIntervalMillis(10_000 + random.nextInt(50_000))
                .ackDelayMillis(random.nextInt(200))
                .establishTimeoutMillis(40_000 + random.nextInt(40_000))
                .sessionEstablishTimeoutMillis(20_000 + random.nextInt(60_000));
        if (random.nextInt(3) == 0) {
            template.tieBreaker(OptionalLong.of(random.nextLong()));
        }
        if (random.nextInt(4) == 0) {
            template.maxSessions(1 + random.nextInt(5));
        }
    }

    private void step() {
        Host host = world.hosts().get(random.nextInt(world.hosts().size()));
        switch (random.nextInt(12)) {
            case 0, 1 -> host.open(other(host));
            case 2, 3, 4, 5 -> pick(host).ifPresent(this::callSeveral);
            case 6, 7 -> pick(host).ifPresent(this::closeSession);
            case 8 -> pick(host).ifPresent(w -> w.act(() -> w.tunnel()
                    .close(ResultCode.of(StopResult.CLEAR, "by chance"), world.now())));
            case 9 -> {
                if (random.nextInt(6) == 0) {
                    host.crash();
                }
            }
            default -> world.impair(weather(host));
        }
    }

    private Impairment weather(Host host) {
        boolean part = random.nextInt(5) == 0;
        return new Impairment(random.nextInt(40), random.nextInt(20), corrupting ? random.nextInt(20) : 0,
                random.nextInt(100), random.nextInt(3) == 0 ? random.nextInt(1500) : random.nextInt(50),
                part ? Set.of(host) : Set.of());
    }

    private void callSeveral(Watch watch) {
        int calls = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 3);
        for (int i = 0; i < calls; i++) {
            watch.call(++serial);
        }
    }

    private void closeSession(Watch watch) {
        watch.tunnel().sessions().stream().skip(random.nextInt(3)).findFirst().ifPresent(s -> watch.act(
                () -> s.close(ResultCode.of(CallResult.ADMINISTRATIVE, ""), world.now())));
    }

    private Host other(Host host) {
        List<Host> others = new ArrayList<>(world.hosts());
        others.remove(host);
        return others.get(random.nextInt(others.size()));
    }

    private Optional<Watch> pick(Host host) {
        List<Watch> watches = new ArrayList<>(host.tunnels());
        watches.sort((a, b) -> Integer.compare(a.tunnel().localId(), b.tunnel().localId()));
        return watches.isEmpty() ? Optional.empty() : Optional.of(watches.get(random.nextInt(watches.size())));
    }

    /** Every tunnel of this host is up at the other end too, with the same sessions, or gone. */
    private void assertAgreed(Host host) {
        for (Watch watch : host.tunnels()) {
            assertEquals(TunnelState.ESTABLISHED, watch.tunnel().state(), () -> "neither up nor gone: " + watch);
            Watch far = watch.peer().tunnels().stream()
                    .filter(w -> w.tunnel().localId() == watch.tunnel().remoteId()).findFirst().orElse(null);
            assertTrue(far != null && far.tunnel().remoteId() == watch.tunnel().localId(),
                    () -> "the other end does not know " + watch);
            assertEquals(identifiers(watch, false), identifiers(far, true), () -> "sessions of " + watch);
        }
    }

    private static Set<String> identifiers(Watch watch, boolean swapped) {
        Set<String> pairs = new TreeSet<>();
        for (Session session : watch.tunnel().sessions()) {
            assertEquals(SessionState.ESTABLISHED, session.state(), session::toString);
            assertTrue(session.mayCarryData(), session::toString);
            pairs.add(swapped ? session.remoteId() + "/" + session.localId()
                    : session.localId() + "/" + session.remoteId());
        }
        return pairs;
    }
}
