package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

/** What the system around a session learns of its peer, as long as packets pass and no longer. */
class NeighbourhoodTest {
    private static final String LNS = Pair.LNS.replace("dns_ipaddr", "proxy_arp yes\ndns_ipaddr");
    private static final String LAC = Pair.LAC + "ppp profile \"default\" {\nask_dns yes\n}\n";

    private static Pair up(int seed, String lns, String lac) {
        Pair pair = new Pair(seed);
        pair.lns.apply(lns);
        pair.lac.apply(lac);
        pair.settle();
        return pair;
    }

    @Test
    void theLnsAnswersForItsPeerAndTheLacHasItsNameServers() throws Exception {
        Pair pair = up(1, LNS, LAC);
        assertEquals(Set.of("10.9.0.2"), pair.lns.neighbourhood().answered());
        assertEquals(Map.of(), pair.lns.neighbourhood().nameServers());
        assertEquals(Map.of("office/alice", List.of(InetAddress.getByName("192.0.2.53"))), pair.lac.neighbourhood().nameServers());
        assertEquals(Set.of(), pair.lac.neighbourhood().answered());
        pair.assertNothingLeft();
    }

    @Test
    void nobodyLearnsAnythingUnlessTheProfileSaysSo() {
        Pair pair = up(2, Pair.LNS, Pair.LAC);
        assertEquals(Set.of(), pair.lns.neighbourhood().answered());
        assertEquals(Map.of(), pair.lac.neighbourhood().nameServers());
        pair.assertNothingLeft();
    }

    @Test
    void itIsOverWithTheSessionHoweverThatEnds() throws Exception {
        for (String end : List.of("lac deletes", "lns deletes", "lac dies", "tunnel goes")) {
            Pair pair = up(3, LNS, LAC);
            switch (end) {
                case "lac deletes" -> pair.lac.admin().deleteSession("office/alice", "enough");
                case "lns deletes" -> pair.lns.admin().deleteSession(pair.lns.admin().sessions().get(0).fullName(), "enough");
                case "lac dies" -> pair.lac.kill();
                default -> pair.lns.admin().deleteTunnel(pair.lns.admin().tunnels().get(0).name(), "enough");
            }
            pair.world.runSeconds(600);
            assertEquals(Set.of(), pair.lns.neighbourhood().answered(), end);
            if (!end.equals("lac dies")) {
                assertEquals(Map.of(), pair.lac.neighbourhood().nameServers(), end);
            }
        }
    }
}
