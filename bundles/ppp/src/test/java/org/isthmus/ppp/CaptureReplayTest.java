package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.Verifier;
import org.junit.jupiter.api.Test;

/** Real systems as peers: one side of a capture is played to a link, which takes the place of the other side. */
class CaptureReplayTest {

    /**
     * Plays frames in their order. Requests go in as they are. An answer gets the identifier of our last request, and
     * an Ack the options of it, since both depend on what this side says.
     */
    private static void play(Bench bench, List<String> frames) {
        for (String captured : frames) {
            String frame = captured.startsWith("ff03") ? captured.substring(4) : captured;
            String protocol = frame.substring(0, 4);
            int code = Integer.parseInt(frame.substring(4, 6), 16);
            boolean negotiates = protocol.equals("c021") || protocol.startsWith("80");
            if (code == 1 || negotiates && code >= 5) {
                bench.feed(captured);
            } else if (!bench.all(protocol + "01").isEmpty()) {
                if (negotiates && code == 2) {
                    bench.ackLast(protocol);
                } else {
                    bench.feed(protocol + frame.substring(4, 6) + bench.lastOf(protocol + "01").substring(6, 8)
                            + frame.substring(8));
                }
            }
        }
    }

    private static Bench server(String password) {
        Bench bench = new Bench(Fixtures.server(AuthenticationProtocol.PAP));
        bench.judge = attempt -> Verifier.judge(attempt, password);
        bench.open();
        bench.ackLast("c021");
        return bench;
    }

    @Test
    void aCiscoCpeIsServed() {
        Bench bench = server("cisco");
        List<String> frames = Captures.of("cisco", "client");
        int network = frames.indexOf("80210101000a030600000000");
        play(bench, frames.subList(0, network));
        assertTrue(bench.events.contains("authenticated cisco"));
        bench.link.addressesGiven(bench.request, new AddressGrant(
                Optional.of(new AddressGrant.Ipv4(Fixtures.ip("10.0.0.1"), Fixtures.ip("10.0.2.16"), List.of(),
                        List.of())),
                Optional.of(new AddressGrant.Ipv6(0xc8010efffe880008L, 0))), bench.now);
        play(bench, frames.subList(network, frames.size()));

        PppStatus status = bench.link.status();
        assertEquals(Fixtures.ip("10.0.2.16"), status.ipv4().orElseThrow().remote());
        assertEquals(0xce050efffe880000L, status.ipv6().orElseThrow().remoteInterfaceId());
        assertEquals(5, bench.all("c0210a").size(), "its echoes are answered");
        assertEquals(0, bench.count(PppCounter.RX_MALFORMED));
    }

    @Test
    void aCiscoBrasServesUs() {
        Bench bench = new Bench(Fixtures.client("cisco", "cisco"));
        bench.open();
        // Its first request was refused in the capture, and so said again; we would have taken it.
        List<String> frames = Captures.of("cisco", "server");
        play(bench, frames.subList(1, frames.size()));
        assertTrue(bench.lastOf("c02301").endsWith("05636973636f05636973636f"));
        PppStatus status = bench.link.status();
        assertEquals(Optional.of(AuthenticationProtocol.PAP), status.weProvedBy());
        assertEquals(Fixtures.ip("10.0.2.16"), status.ipv4().orElseThrow().local());
        assertEquals(Fixtures.ip("10.0.0.1"), status.ipv4().orElseThrow().remote());
        assertEquals(0xc8010efffe880008L, status.ipv6().orElseThrow().remoteInterfaceId());
        assertNull(bench.reason);
    }

    @Test
    void aTesterBehindPptpIsServed() {
        Bench bench = server("ixia");
        List<String> frames = Captures.of("pptp", "client");
        int network = frames.indexOf("ff0380210100000a030600000000");
        // Its first request came too early in the capture, and was said again; we would have answered it.
        play(bench, frames.subList(1, network));
        assertTrue(bench.events.contains("authenticated ixia"));
        bench.link.addressesGiven(bench.request,
                AddressGrant.ofIpv4(Fixtures.ip("17.1.1.118"), Fixtures.ip("17.1.1.122"), List.of()), bench.now);
        play(bench, frames.subList(network, frames.size()));
        assertEquals(Fixtures.ip("17.1.1.122"), bench.link.status().ipv4().orElseThrow().remote());
    }

    @Test
    void aPptpServerServesUs() {
        Bench bench = new Bench(Fixtures.client("ixia", "ixia").withIpv6(Ipv6Config.OFF));
        bench.open();
        play(bench, Captures.of("pptp", "server"));
        assertEquals(Fixtures.ip("17.1.1.122"), bench.link.status().ipv4().orElseThrow().local());
    }

    @Test
    void pppdOffersCompressionThatIsDeclined() {
        Bench bench = new Bench(Fixtures.open(Fixtures.ip("192.168.2.45"), Fixtures.ip("192.168.1.1")));
        bench.open();
        List<String> frames = Captures.of("pppd", "server");
        play(bench, frames.subList(frames.indexOf("c0210101000e010405d405062ca79de8"), frames.size()).stream()
                .filter(frame -> !frame.startsWith("c02105")).toList());
        assertEquals("80210401000a0206002d0f01", bench.lastOf("802104"), "VJ compression");
        assertTrue(bench.lastOf("c02108").contains("80fd01"), "CCP");
        assertEquals(2, bench.all("c02108").stream().filter(frame -> frame.contains("80fd01")).count());
        assertEquals(1, bench.all("c02108").stream().filter(frame -> frame.contains("805701")).count(), "IPV6CP");
        assertEquals(1492, bench.link.status().peerMru());
        assertEquals(Fixtures.ip("192.168.1.1"), bench.link.status().ipv4().orElseThrow().remote());
    }

    @Test
    void pppdEndsTheLinkAtTheUsersWish() {
        Bench bench = new Bench(Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE));
        bench.open();
        bench.openLcp("");
        bench.feed("c02105020010557365722072657175657374");
        bench.pass(5_000);
        assertEquals("the peer ended the link: 'User request'", bench.reason.text());
    }

    @Test
    void whatMadeOtherProgramsFailRaisesACounterAndNothingElse() {
        for (String frame : Captures.malformed()) {
            for (PppConfig config : List.of(Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE),
                    Fixtures.server(AuthenticationProtocol.MSCHAP_V2))) {
                Bench bench = new Bench(config);
                bench.open();
                bench.openLcp("");
                PppStatus before = bench.link.status();
                long counted = bad(bench);
                for (String form : List.of(frame, "ff03" + frame)) {
                    bench.feed(form);
                }
                assertEquals(before, bench.link.status(), frame);
                assertEquals(counted + 2, bad(bench), frame);
            }
        }
    }

    private static long bad(Bench bench) {
        return bench.count(PppCounter.RX_MALFORMED) + bench.count(PppCounter.RX_UNKNOWN_PROTOCOL)
                + bench.count(PppCounter.RX_UNKNOWN_CODE) + bench.count(PppCounter.RX_OUT_OF_PHASE)
                + bench.count(PppCounter.RX_UNEXPECTED_ANSWER) + bench.count(PppCounter.RX_DATA);
    }
}
