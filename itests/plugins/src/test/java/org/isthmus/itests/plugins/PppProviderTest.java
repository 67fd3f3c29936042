package org.isthmus.itests.plugins;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.ppp.PppEnd;
import org.isthmus.api.ppp.PppPort;
import org.isthmus.api.ppp.PppProvider;
import org.isthmus.api.ppp.PppProviderSettings;
import org.isthmus.api.ppp.PppRun;
import org.isthmus.api.ppp.PppSpec;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** Providers of PPP, which are called by the engine's workers. */
public class PppProviderTest extends ServiceTest {

    /** Says at once that packets pass. */
    private static final class Provider implements PppProvider {
        private final AtomicInteger running = new AtomicInteger();
        private final Trouble trouble = new Trouble();

        @Override
        public String name() {
            return "vendor";
        }

        @Override
        public void configure(PppProviderSettings settings) {
        }

        @Override
        public PppRun open(PppSpec spec, PppPort port) {
            trouble.happens();
            running.incrementAndGet();
            port.up(new PppLinkStatus("network", "alice", "none", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                    List.of(), 1400, 1400), "vendor0");
            return new PppRun() {
                @Override
                public void close(String why) {
                    port.ended(new PppEnd(false, 0, why));
                }

                @Override
                public void abandon() {
                    running.decrementAndGet();
                }

                @Override
                public void mtu(int mtu) {
                }
            };
        }
    }

    private String provided(String name) throws Exception {
        return call("provided", name, "ppp_profile", "provided");
    }

    private void tunnelOfVendor() throws Exception {
        plugIn(Dataplane.class, new VendorDataplane(), -50);
        tunnel("provided", "dataplane", "vendor");
    }

    @Test
    public void arrivesLateAndLeaves() throws Exception {
        tunnelOfVendor();
        fails("provided", provided("early"));
        assertTrue(session("provided", "early").lastCause().message(),
                session("provided", "early").lastCause().message().contains("there is no ppp_provider \"vendor\""));
        Provider provider = new Provider();
        ServiceRegistration<PppProvider> plugin = plugIn(PppProvider.class, provider, 0);
        comesUp("provided", provided("meanwhile"));
        leaves(plugin);
        comesUp("provided", "meanwhile");
        fails("provided", provided("late"));
        hasGone("PPP provider");
    }

    @Test
    public void isUpdated() throws Exception {
        tunnelOfVendor();
        Provider old = new Provider();
        ServiceRegistration<PppProvider> first = plugIn(PppProvider.class, old, 0);
        comesUp("provided", provided("one"));
        Provider fresh = new Provider();
        plugIn(PppProvider.class, fresh, 1);
        leaves(first);
        comesUp("provided", provided("two"));
        assertEquals(1, fresh.running.get());
        comesUp("provided", "one");
    }

    @Test
    public void throwsAndIsSetAside() throws Exception {
        tunnelOfVendor();
        Provider broken = new Provider();
        broken.trouble.throwFromNowOn();
        plugIn(PppProvider.class, broken, 0);
        for (int i = 0; i < 6; i++) {
            fails("provided", provided("s" + i));
        }
        assertEquals(5, record("PPP provider").failures());
        assertTrue(session("provided", "s5").lastCause().message(), session("provided", "s5").lastCause().message().contains("is set aside"));
    }

    @Test
    public void blocksAndIsTold() throws Exception {
        tunnelOfVendor();
        Provider stuck = new Provider();
        stuck.trouble.blockFor(3_000); // so long the worker is held up, and all of its tunnels
        plugIn(PppProvider.class, stuck, 0);
        provided("one");
        comesUp("provided", "one");
        assertEquals(1, record("PPP provider").overdue());
    }
}
