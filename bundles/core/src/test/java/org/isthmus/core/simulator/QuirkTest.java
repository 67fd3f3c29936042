package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.isthmus.api.TunnelState;
import org.isthmus.api.quirk.Message;
import org.isthmus.api.quirk.Peer;
import org.isthmus.api.quirk.Quirk;
import org.isthmus.api.quirk.VendorAvp;
import org.isthmus.core.plugin.CallRecord;
import org.isthmus.core.plugin.Owner;
import org.junit.jupiter.api.Test;

/** Those who know a kind of peer: AVPs of vendors are added, understood and heard. */
class QuirkTest {
    private static final int VENDOR = 32473;

    /** Says its word in every message to peers that are called so, and writes down what it hears. */
    private static final class Talker implements Quirk {
        private final String peerName;
        private final String word;
        private final boolean mandatory;
        private final List<String> heard = new ArrayList<>();

        Talker(String peerName, String word, boolean mandatory) {
            this.peerName = peerName;
            this.word = word;
            this.mandatory = mandatory;
        }

        @Override
        public String name() {
            return "talker";
        }

        @Override
        public boolean fits(Peer peer) {
            return peer.hostName().matches(peerName);
        }

        @Override
        public boolean understands(int vendorId, int attribute) {
            return vendorId == VENDOR && attribute == 1;
        }

        @Override
        public List<VendorAvp> added(Message message) {
            return List.of(new VendorAvp(mandatory, VENDOR, 1, word.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void received(Message message, List<VendorAvp> avps) {
            avps.forEach(avp -> heard.add(message.type() + " " + (message.sessionId() == 0 ? "" : "of a session ") + avp.text()));
        }
    }

    @Test
    void bothEndsHearWhatTheOtherOneAdds() {
        Pair pair = new Pair(1);
        Talker lac = new Talker(".*", "from lac", true);
        Talker lns = new Talker("lac", "lns", true);
        pair.lac.engine().quirks().are(List.of(lac));
        pair.lns.engine().quirks().are(List.of(lns));
        pair.up();
        pair.assertPackets();
        assertEquals(List.of("SCCRP lns", "ICRP of a session lns"), lac.heard);
        assertEquals(List.of("SCCRQ from lac", "SCCCN from lac", "ICRQ from lac", "ICCN of a session from lac"),
                lns.heard);
        pair.assertNothingLeft();
    }

    @Test
    void aQuirkIsNotAskedAboutOtherPeers() {
        Pair pair = new Pair(2);
        Talker other = new Talker("somebody else", "x", true);
        pair.lns.engine().quirks().are(List.of(other));
        pair.lac.engine().quirks().are(List.of(new Talker(".*", "from lac", false)));
        pair.up();
        pair.assertPackets();
        assertEquals(List.of(), other.heard);
        pair.assertNothingLeft();
    }

    @Test
    void oneThatComesLateOrGoesCostsNothing() {
        Pair pair = new Pair(3).up();
        Talker late = new Talker(".*", "late", false);
        pair.lac.engine().quirks().are(List.of(late));
        Talker listening = new Talker("lac", "x", false);
        pair.lns.engine().quirks().are(List.of(listening));
        pair.lac.apply(Pair.LAC.replace("session \"alice\"", "session \"bob\" {\nuser_name bob\nuser_password builder\n}\nsession \"alice\""));
        pair.settle();
        assertEquals(List.of("ICRQ late", "ICCN of a session late"), listening.heard);
        pair.lac.engine().quirks().are(List.of());
        pair.lns.engine().quirks().are(List.of());
        pair.world.runSeconds(100);
        assertEquals(2, pair.lns.admin().sessions().size());
        pair.assertNothingLeft();
    }

    @Test
    void oneThatThrowsIsPassedOverAndCounted() {
        Pair pair = new Pair(4);
        Quirk broken = new Quirk() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public boolean fits(Peer peer) {
                return true;
            }

            @Override
            public List<VendorAvp> added(Message message) {
                throw new NoClassDefFoundError("com/example/Missing");
            }
        };
        pair.lac.plugins().book().add(broken, "quirk", "broken", new Owner("com.example.quirk", "1.0.0"), CallRecord.WORKER_LIMIT);
        pair.lac.engine().quirks().are(List.of(broken));
        pair.up();
        pair.assertPackets();
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        assertEquals("com/example/Missing", pair.lac.admin().plugins().get(0).lastFailure());
        assertTrue(pair.lac.admin().plugins().get(0).failures() >= 4);
        pair.assertNothingLeft();
    }
}
