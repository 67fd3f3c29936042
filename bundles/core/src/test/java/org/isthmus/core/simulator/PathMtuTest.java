package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import org.isthmus.api.TunnelState;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.net.TooBig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tunnels find out how large their packets may be, whoever opened them, and believe no stranger about it. */
class PathMtuTest {
    private static final String DISCOVERY = "tunnel profile \"default\" {\ndo_pmtu_discovery true\n}\n";

    private final Pair pair = new Pair(7, 2);

    /** In version 3 the session carries Ethernet, which is all that the simulated data plane knows of it. */
    private static String lac(String peer, String version, String encap) {
        return DISCOVERY + "system {\nhost_name lac\n}\ntunnel \"office\" {\npeer " + peer + "\nversion " + version + "\nencap " + encap
                + "\nsession \"alice\" {\n" + (version.equals("l2tpv2") ? "user_name alice\nuser_password wonderland"
                        : "remote_end_id lan\npseudowire_type ethernet") + "\n}\n}\n";
    }

    private void up(String peer, String version, String encap) {
        pair.lns.apply(DISCOVERY + Pair.LNS.replace("host_name lns", "host_name lns\nlisten_ip true")
                .replace("0.0.0.0/0 ::/0", "0.0.0.0/0 ::/0\nsession_profiles lan")
                + "session profile \"lan\" {\nremote_end_id lan\npseudowire_type ethernet\n}\n");
        pair.lac.apply(lac(peer, version, encap));
        pair.world.runSeconds(90);
    }

    private int atLac() {
        return pair.lac.session("office/alice").pseudowire().mtu();
    }

    private int atLns() {
        return pair.lns.session(pair.lnsSession()).pseudowire().mtu();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.2, l2tpv2, udp", "2001:db8::2, l2tpv2, udp", "10.0.0.2, l2tpv3, udp", "10.0.0.2, l2tpv3, ip",
            "2001:db8::2, l2tpv3, ip"})
    void bothEndsFollowWhatRoutersSayAndWhatProbesFind(String peer, String version, String encap) {
        for (boolean says : new boolean[] {true, false}) {
            PathMtuTest one = new PathMtuTest();
            one.pair.world.narrow(1400, says);
            one.up(peer, version, encap);
            for (int mtu : new int[] {one.atLac(), one.atLns()}) {
                assertTrue(mtu >= 1320 && mtu < 1400, () -> mtu + ", routers " + (says ? "say" : "say nothing") + one.pair.world.trace());
            }
            assertEquals(says, one.pair.lac.counter("too_big_believed") > 0);
            assertEquals(says, one.pair.lns.counter("too_big_believed") > 0);
            assertEquals(TunnelState.ESTABLISHED, one.pair.lac.tunnel("office").state());
        }
    }

    /**
     * What is lost of one end's search is not missed by the other's. Probes and their losses take a multiple of half a second, so one end
     * that is ahead by that, and by the time of a packet, probes again and again just before the other.
     */
    @ParameterizedTest
    @ValueSource(longs = {1_500, 2_000, 3_000, 3_500, 4_500})
    void theirSearchesDoNotDisturbEachOther(long fromMillis) {
        for (long aheadMillis = fromMillis; aheadMillis < fromMillis + 80; aheadMillis += 5) {
            PathMtuTest one = new PathMtuTest();
            one.up("10.0.0.2", "l2tpv2", "udp");
            one.pair.world.narrow(1400, false);
            one.told(one.pair.lac, new InetSocketAddress("10.0.0.2", 0), 1300, ByteBuffer.allocate(0));
            one.pair.world.runFor(aheadMillis);
            one.told(one.pair.lns, new InetSocketAddress("10.0.0.1", 0), 1300, ByteBuffer.allocate(0));
            one.pair.world.runSeconds(40);
            String found = one.atLac() + " and " + one.atLns() + ", ahead by " + aheadMillis + " ms";
            assertTrue(Math.min(one.atLac(), one.atLns()) > 1350, () -> found + one.pair.world.trace());
            assertTrue(Math.max(one.atLac(), one.atLns()) < 1400, () -> found + one.pair.world.trace());
        }
    }

    @Test
    void whenTheWayTakesMoreAgainSessionsDoToo() {
        pair.world.narrow(1400, false);
        up("10.0.0.2", "l2tpv2", "udp");
        assertTrue(atLac() < 1400);
        pair.world.narrow(1500, false);
        pair.world.runSeconds(700);
        assertEquals(1460, atLac());
        assertEquals(1460, atLns());
    }

    @Test
    void aStrangersWordCountsForNothing() {
        up("10.0.0.2", "l2tpv2", "udp");
        InetSocketAddress peer = pair.lac.tunnel("office").peer().orElseThrow();
        int theirId = pair.lac.tunnel("office").peerTunnelId();
        told(pair.lac, peer, 1300, data(theirId ^ 1));
        told(pair.lac, peer, 500, data(theirId));
        told(pair.lac, new InetSocketAddress(peer.getAddress(), 9), 1300, data(theirId));
        pair.world.runSeconds(1);
        assertEquals(1460, atLac());
        assertEquals(3, pair.lac.counter("too_big_received"));
        assertEquals(0, pair.lac.counter("too_big_believed"));

        told(pair.lac, peer, 1300, ByteBuffer.allocate(0));
        pair.world.runSeconds(30);
        assertEquals(1460, atLac(), "whether it is true was found out by a probe");
        assertEquals(1, pair.lac.counter("too_big_doubted"));

        told(pair.lac, peer, 1390, data(theirId));
        pair.world.runSeconds(1);
        assertTrue(atLac() < 1390, "who knows the ids is believed");
    }

    @Test
    void aFloodOfThemIsNotLookedAt() {
        up("10.0.0.2", "l2tpv2", "udp");
        InetSocketAddress peer = pair.lac.tunnel("office").peer().orElseThrow();
        for (int i = 0; i < 1_000; i++) {
            told(pair.lac, peer, 1300, ByteBuffer.allocate(0));
        }
        assertEquals(1_000, pair.lac.counter("too_big_received"));
        assertTrue(pair.lac.counter("too_big_doubted") <= 50);
    }

    private void told(Appliance who, InetSocketAddress to, int bytes, ByteBuffer quoted) {
        who.inTurn(who.workers().get(0), () -> who.workers().get(0)
                .tooBig(Encapsulation.UDP, new TooBig(to, bytes, false, quoted)));
    }

    /** The beginning of a data packet of version 2 for a tunnel. */
    private static ByteBuffer data(int tunnelId) {
        return ByteBuffer.allocate(8).putShort(0, (short) 2).putShort(2, (short) tunnelId);
    }
}
