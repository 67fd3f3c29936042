package org.isthmus.itests.plugins;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.isthmus.api.quirk.Message;
import org.isthmus.api.quirk.Peer;
import org.isthmus.api.quirk.Quirk;
import org.isthmus.api.quirk.VendorAvp;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** Quirks, which are called by the engine's workers. Both ends of a tunnel are ours, so each hears what it says. */
public class QuirkTest extends ServiceTest {
    private static final int VENDOR = 32473;

    private static final class Talker implements Quirk {
        private final String word;
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final Trouble trouble = new Trouble();

        Talker(String word) {
            this.word = word;
        }

        @Override
        public String name() {
            return "talker";
        }

        @Override
        public boolean fits(Peer peer) {
            return true;
        }

        @Override
        public boolean understands(int vendorId, int attribute) {
            return vendorId == VENDOR;
        }

        @Override
        public List<VendorAvp> added(Message message) {
            trouble.happens();
            return List.of(new VendorAvp(true, VENDOR, 1, word.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }

        @Override
        public void received(Message message, List<VendorAvp> avps) {
            avps.forEach(avp -> heard.add(message.type() + " " + avp.text()));
        }
    }

    @Test
    public void arrivesLateAndLeaves() throws Exception {
        tunnel("talked");
        Talker talker = new Talker("word");
        ServiceRegistration<Quirk> plugin = plugIn(Quirk.class, talker, 0);
        comesUp("talked", call("talked", "meanwhile"));
        assertTrue(talker.heard.toString(), talker.heard.contains("ICRQ word"));
        leaves(plugin);
        int heard = talker.heard.size();
        comesUp("talked", call("talked", "late"));
        assertEquals(heard, talker.heard.size());
        hasGone("quirk");
    }

    @Test
    public void isUpdated() throws Exception {
        tunnel("talked");
        ServiceRegistration<Quirk> old = plugIn(Quirk.class, new Talker("old"), 0);
        Talker fresh = new Talker("new");
        plugIn(Quirk.class, fresh, 1);
        leaves(old);
        comesUp("talked", call("talked", "one"));
        assertTrue(fresh.heard.toString(), fresh.heard.contains("ICRQ new"));
        assertFalse(fresh.heard.toString(), fresh.heard.contains("ICRQ old"));
    }

    @Test
    public void throwsAndIsSetAside() throws Exception {
        Talker broken = new Talker("x");
        broken.trouble.throwFromNowOn();
        plugIn(Quirk.class, broken, 0);
        tunnel("talked");
        comesUp("talked", call("talked", "one"));
        comesUp("talked", call("talked", "two"));
        assertTrue(record("quirk").failures() >= 5);
        assertEquals("broken by the test", record("quirk").lastFailure());
    }

    @Test
    public void blocksAndIsTold() throws Exception {
        tunnel("talked");
        Talker stuck = new Talker("word");
        stuck.trouble.blockFor(3_000); // so long the worker is held up, and all of its tunnels
        plugIn(Quirk.class, stuck, 0);
        call("talked", "one");
        comesUp("talked", "one");
        assertTrue(record("quirk").overdue() >= 1);
    }
}
