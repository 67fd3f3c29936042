package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.Verifier;
import org.junit.jupiter.api.Test;

/** Two hundred thousand frames that are almost right, to links of all kinds in all phases. */
class RandomFramesTest {
    private static final int FRAMES = 200_000;
    private static final int FRAMES_PER_LINK = 200;

    private final Random random = new Random(20);

    @Test
    void neverThrowAndNeverMakeALinkTalkative() {
        List<byte[]> seeds = new ArrayList<>();
        for (String frame : Captures.all()) {
            seeds.add(HexFormat.of().parseHex(frame));
        }
        for (String frame : Captures.malformed()) {
            seeds.add(HexFormat.of().parseHex(frame));
        }
        int opened = 0;
        for (int link = 0; link < FRAMES / FRAMES_PER_LINK; link++) {
            Bench bench = bench(link);
            opened += bench.link.phase() == PppPhase.ESTABLISH ? 0 : 1;
            int before = bench.sent.size();
            for (int i = 0; i < FRAMES_PER_LINK; i++) {
                bench.feed(HexFormat.of().formatHex(frame(seeds, bench)));
                if (random.nextInt(20) == 0) {
                    bench.pass(random.nextInt(4_000));
                }
            }
            assertTrue(bench.sent.size() - before < 4 * FRAMES_PER_LINK, "link " + link + " sent "
                    + bench.sent.size());
            bench.link.close("end of test", bench.now);
            bench.pass(60_000);
            assertEquals(Long.MAX_VALUE, bench.link.nextTimeoutMillis());
            assertTrue(bench.reason != null, "link " + link);
        }
        assertTrue(opened > 500, "most links were past LCP: " + opened);
    }

    private Bench bench(int kind) {
        AuthenticationProtocol[] protocols = AuthenticationProtocol.values();
        AuthenticationProtocol protocol = protocols[kind / 3 % protocols.length];
        PppConfig config = switch (kind % 3) {
            case 0 -> Fixtures.server(protocol);
            case 1 -> Fixtures.client("alice", "secret");
            default -> Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE).withIpv6(Ipv6Config.ON);
        };
        Bench bench = new Bench(config);
        bench.judge = attempt -> Verifier.judge(attempt, "secret");
        bench.open();
        if (kind % 5 != 0) {
            bench.openLcp(kind % 3 == 1 ? demand(protocol) : "");
        }
        if (bench.request != null && random.nextBoolean()) {
            bench.link.addressesGiven(bench.request, Fixtures.GRANT, bench.now);
        }
        return bench;
    }

    private static String demand(AuthenticationProtocol protocol) {
        return protocol == AuthenticationProtocol.PAP ? "0304c023"
                : String.format("0305c223%02x", protocol.algorithm());
    }

    /** Noise, or something that was sent before, by others or by the link itself, with some octets changed. */
    private byte[] frame(List<byte[]> seeds, Bench bench) {
        int choice = random.nextInt(10);
        if (choice == 0) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] seed = choice < 4 && !bench.sent.isEmpty()
                ? HexFormat.of().parseHex(bench.sent.get(random.nextInt(bench.sent.size())))
                : seeds.get(random.nextInt(seeds.size())).clone();
        if (choice < 4 && random.nextBoolean() && seed.length > 2) {
            // Our own words turned into an answer to them.
            seed[2] = (byte) (1 + random.nextInt(12));
        }
        int changes = random.nextInt(4);
        for (int i = 0; i < changes && seed.length > 0; i++) {
            seed[random.nextInt(seed.length)] = (byte) random.nextInt(256);
        }
        int length = random.nextInt(8) == 0 ? random.nextInt(seed.length + 1) : seed.length;
        return java.util.Arrays.copyOf(seed, length);
    }
}
