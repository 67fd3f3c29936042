package org.isthmus.protocol.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.isthmus.protocol.tunnel.Role;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.TunnelConfigBuilder;
import org.isthmus.protocol.tunnel.V3Config;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.DigestType;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.ProtocolVersion;
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
    private final Weather weather;
    private final boolean corrupting;
    private long serial;

    RandomRun(long seed, Weather weather) {
        this.world = new World(seed);
        this.random = world.random();
        this.weather = weather;
        this.corrupting = weather == Weather.CHANGING && random.nextInt(8) == 0;
    }

    /** Whether the network turns bits over. */
    boolean isCorrupting() {
        return corrupting;
    }

    World world() {
        return world;
    }

    /** How much happened. */
    Tally tally() {
        return world.hosts().stream().map(Tally::of).reduce(Tally.NOTHING, Tally::plus);
    }

    void run() {
        world.handsOver(random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 0);
        int count = 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            configure(world.host("host" + i));
        }
        int steps = 10 + random.nextInt(60);
        for (int i = 0; i < steps; i++) {
            world.at(random.nextLong(TROUBLE_MILLIS), this::step);
        }
        if (weather == Weather.STORM) {
            world.impair(weather.next(random, corrupting));
        }
        world.runUntil(TROUBLE_MILLIS);
        world.impair(Impairment.NONE);
        world.runFor(HEALING_MILLIS);
        if (!corrupting) {
            world.hosts().forEach(Agreement::check);
        }
        for (Host host : world.hosts()) {
            List.copyOf(host.tunnels()).forEach(w -> w.act(() -> w.tunnel()
                    .close(ResultCode.of(StopResult.SHUTTING_DOWN, ""), world.now())));
        }
        world.runFor(HEALING_MILLIS);
        world.hosts().forEach(Host::assertNothingLeft);
        world.runFor(HEALING_MILLIS);
        assertEquals(0, world.pending(), "timers left");
    }

    private void configure(Host host) {
        TunnelConfigBuilder template = host.template().secret(Host.SECRET)
                .role(Role.LAC_AND_LNS)
                .takeOutgoingCalls(random.nextInt(4) != 0).bearerCapabilities(random.nextInt(4))
                .receiveWindowSize(1 + random.nextInt(16))
                .transmitWindowSize(1 + random.nextInt(32))
                .challenge(random.nextBoolean())
                .hideAvps(random.nextBoolean())
                .helloIntervalMillis(10_000 + random.nextInt(50_000))
                .ackDelayMillis(random.nextInt(200))
                .establishTimeoutMillis(40_000 + random.nextInt(40_000))
                .sessionEstablishTimeoutMillis(20_000 + random.nextInt(60_000));
        if (random.nextInt(3) != 0) {
            template.version(ProtocolVersion.V3).v3(version3());
        }
        if (random.nextInt(3) == 0) {
            template.tieBreaker(OptionalLong.of(random.nextLong()));
        }
        if (random.nextInt(3) != 0) {
            template.failover(Optional.of(new FailoverCapability(true, random.nextInt(4) != 0, 40_000 + random.nextInt(60_000))));
        }
        if (random.nextInt(4) == 0) {
            template.maxSessions(1 + random.nextInt(5));
        }
    }

    private V3Config version3() {
        DigestType digest = DigestType.values()[random.nextInt(DigestType.values().length)];
        return V3Config.DEFAULT.withFallback(random.nextInt(3) != 0)
                .withDigest(digest, digest != DigestType.NONE && random.nextInt(4) == 0);
    }

    private void step() {
        Host host = world.hosts().get(random.nextInt(world.hosts().size()));
        switch (random.nextInt(14)) {
            case 0, 1 -> {
                if (!host.isDown()) {
                    host.open(other(host));
                }
            }
            case 2, 3, 4, 5 -> pick(host).ifPresent(this::callSeveral);
            case 6, 7 -> pick(host).ifPresent(this::closeSession);
            case 8 -> pick(host).ifPresent(w -> w.act(() -> w.tunnel()
                    .close(ResultCode.of(StopResult.CLEAR, "by chance"), world.now())));
            case 9 -> {
                if (random.nextInt(4) == 0) {
                    crash(host);
                }
            }
            case 10 -> part(host);
            case 11 -> pick(host).ifPresent(w -> session(w).ifPresent(w::notice));
            default -> world.impair(weather.next(random, corrupting));
        }
    }

    /** Its state is lost, all or all but what was kept; it is back at the same address after a while, or at once. */
    private void crash(Host host) {
        if (random.nextInt(2) == 0) {
            host.crashKeepingState(random.nextLong(30_000));
            return;
        }
        host.crash();
        if (random.nextBoolean()) {
            host.down(true);
            world.after(random.nextLong(30_000), () -> host.down(false));
        }
    }

    /** Cuts a host off, for as long as half of our timeouts or longer than all of them. */
    private void part(Host host) {
        world.impair(world.impairment().cutting(Set.of(host)));
        world.after(random.nextLong(60_000), () -> world.impair(world.impairment().cutting(Set.of())));
    }

    private void callSeveral(Watch watch) {
        int calls = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 3);
        for (int i = 0; i < calls; i++) {
            if (random.nextInt(3) == 0) {
                watch.callOut(++serial);
            } else {
                watch.call(++serial);
            }
        }
    }

    private void closeSession(Watch watch) {
        session(watch).ifPresent(s -> watch.act(
                () -> s.close(ResultCode.of(CallResult.ADMINISTRATIVE, ""), world.now())));
    }

    private Optional<Session> session(Watch watch) {
        return watch.tunnel().sessions().stream().skip(random.nextInt(3)).findFirst();
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
}
