package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.api.Origin;
import org.isthmus.api.TunnelState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is what to whom: both roles at once, many tunnels, both ends at once, IPv6. */
class RolesTest {

    /** An LNS that is a LAC as well, towards the given peer; its own calls take the ppp profile "client". */
    private static String both(String peer, String more) {
        return Pair.LNS.replace("host_name lns", "host_name both") + """
                ppp profile "client" {
                    auth_peer no
                }
                tunnel "out" {
                    peer %s
                    ppp_profile client
                    %s
                    session "up" {
                        user_name alice
                        user_password wonderland
                    }
                }
                """.formatted(peer, more);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anApplianceIsLacAndLnsAtOnce(int workers) {
        Pair pair = new Pair(1, workers);
        Appliance upstream = new Appliance(pair.world, "upstream", 1, "10.0.0.3");
        upstream.apply(Pair.LNS.replace("10.9.", "10.8."));
        pair.lns.apply(both("10.0.0.3", ""));
        pair.lac.apply(Pair.LAC);
        pair.settle();
        assertTrue(pair.isUp(), pair.world::trace);
        assertEquals(2, pair.lns.admin().tunnels().size());
        assertEquals(2, pair.lns.admin().sessions().stream().filter(s -> s.upSince().isPresent()).count());
        pair.assertPackets("office/alice", pair.lns.admin().sessions().stream()
                .filter(s -> s.origin() == Origin.REMOTE).findFirst().orElseThrow().fullName());
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void severalTunnelsBetweenTheSameTwoHostsLiveSideBySide(int workers) {
        Pair pair = new Pair(2, workers);
        StringBuilder lac = new StringBuilder("system {\nhost_name lac\n}\n");
        for (int i = 0; i < 8; i++) {
            lac.append(Pair.LAC.substring(Pair.LAC.indexOf("tunnel")).replace("office", "t" + i)
                    .replace("peer ", i % 2 == 0 ? "our_udp_port 1701\npeer " : "peer "));
        }
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(lac.toString());
        pair.settle();
        assertEquals(8, pair.lns.admin().sessions().stream().filter(s -> s.upSince().isPresent()).count(),
                pair.world::trace);
        assertEquals(8, pair.lns.admin().sessions().stream().map(s -> s.ppp().orElseThrow().remoteAddress()).distinct()
                .count());
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void ofTwoTunnelsOpenedAtOnceByBothEndsTheTieBreakerLeavesOne(long seed) {
        Pair pair = new Pair(seed);
        pair.lns.apply(both("10.0.0.1", "use_tiebreaker yes"));
        pair.lac.apply(both("10.0.0.2", "use_tiebreaker yes").replace("host_name both", "host_name other"));
        pair.settle();
        long up = pair.lac.admin().tunnels().stream().filter(t -> t.state() == TunnelState.ESTABLISHED).count();
        assertEquals(1, up, pair.world::trace);
        long down = pair.lac.admin().tunnels().stream().filter(t -> t.state() == TunnelState.DOWN).count()
                + pair.lns.admin().tunnels().stream().filter(t -> t.state() == TunnelState.DOWN).count();
        assertEquals(1, down, "one of the two has lost");
        Appliance loser = pair.lac.tunnel("out").state() == TunnelState.DOWN ? pair.lac : pair.lns;
        assertTrue(loser.tunnel("out").lastCause().message().contains("tie"));
        pair.assertNothingLeft();
    }

    @Test
    void withoutTieBreakersBothTunnelsComeUp() {
        Pair pair = new Pair(3);
        pair.lns.apply(both("10.0.0.1", ""));
        pair.lac.apply(both("10.0.0.2", ""));
        pair.settle();
        assertEquals(2, pair.lac.admin().tunnels().stream().filter(t -> t.state() == TunnelState.ESTABLISHED).count());
        assertEquals(2, pair.lns.admin().tunnels().stream().filter(t -> t.state() == TunnelState.ESTABLISHED).count());
        pair.assertNothingLeft();
    }

    @Test
    void thePeerThatSendsATieBreakerWinsOverTheOneThatDoesNot() {
        Pair pair = new Pair(4);
        pair.lns.apply(both("10.0.0.1", ""));
        pair.lac.apply(both("10.0.0.2", "use_tiebreaker yes"));
        pair.settle();
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("out").state());
        assertEquals(TunnelState.DOWN, pair.lns.tunnel("out").state());
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::2", "[2001:db8::2]:1701"})
    void tunnelsGoOverIpv6AsOverIpv4(String peer) {
        Pair pair = new Pair(5, 2);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(Pair.LAC.replace("10.0.0.2", peer));
        pair.settle();
        pair.assertPackets();
        assertTrue(pair.lns.admin().tunnels().get(0).peer().orElseThrow().toString().contains("2001:db8"));
        pair.assertNothingLeft();
    }

    @Test
    void anApplianceThatDoesNotListenIsAClientOnly() {
        Pair pair = new Pair(6);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(Pair.LAC.replace("host_name lac", "host_name lac\nlisten no"));
        pair.settle();
        pair.assertPackets();
        Stranger stranger = new Stranger(pair.world, "10.0.0.9", 1701);
        stranger.send(pair.lac.address(), Stranger.sccrq(1, "anybody"));
        pair.settle();
        assertEquals(0, stranger.received().size());
        pair.assertNothingLeft();
    }

    @Test
    void aRequestThatComesToThePortOfATunnelOfOursIsDropped() {
        Pair pair = new Pair(7).up();
        int port = pair.lac.tunnel("office").local().orElseThrow().getPort();
        Stranger stranger = new Stranger(pair.world, "10.0.0.9", 1701);
        pair.world.send(new java.net.InetSocketAddress(Appliance.address("10.0.0.9"), 1701),
                new java.net.InetSocketAddress(pair.lac.address(), port),
                java.nio.ByteBuffer.wrap(Stranger.sccrq(1, "anybody")));
        pair.settle();
        assertEquals(0, stranger.received().size());
        assertEquals(1, pair.lac.counter("rx_unexpected"));
        pair.assertNothingLeft();
    }

    @Test
    void theLacOnlyRoleTakesNoCalls() {
        Pair pair = new Pair(8);
        pair.lns.apply(Pair.LNS.replace("peer_ipaddr", "lac_lns lac\npeer_ipaddr"));
        pair.lac.apply(Pair.LAC);
        pair.settle();
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        assertEquals(List.of(), pair.lns.admin().sessions());
        assertEquals(5, pair.lac.session("alice").lastCause().resultCode());
        pair.assertNothingLeft();
    }

    @Test
    void portsOfOurOwnAreClosedWhenTheLastTunnelThatUsesThemIsOver() {
        Pair pair = new Pair(9);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(Pair.LAC);
        int listening = pair.lac.openPorts();
        pair.settle();
        assertEquals(listening + 1, pair.lac.openPorts());
        pair.lac.apply("system {\nhost_name lac\n}");
        pair.world.runSeconds(60);
        assertEquals(listening, pair.lac.openPorts());
    }
}
