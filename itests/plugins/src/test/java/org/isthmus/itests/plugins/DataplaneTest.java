package org.isthmus.itests.plugins;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import org.isthmus.api.SessionState;
import org.isthmus.api.dataplane.Dataplane;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** Data planes, which are called by the engine's workers. */
public class DataplaneTest extends ServiceTest {

    private void isCarriedBy(VendorDataplane dataplane, int sessions) {
        eventually(sessions + " sessions", () -> dataplane.sessions.get() == sessions);
        assertEquals(1, dataplane.tunnels.get());
    }

    @Test
    public void arrivesLateAndLeaves() throws Exception {
        tunnel("carried", "dataplane", "vendor");
        call("carried", "waiting");
        VendorDataplane vendor = new VendorDataplane();
        ServiceRegistration<Dataplane> plugin = plugIn(Dataplane.class, vendor, -50);
        eventually("path", () -> vendor.tunnels.get() == 1);
        call("carried", "meanwhile");
        eventually("session", () -> vendor.sessions.get() >= 1);
        leaves(plugin);
        eventually("closed", () -> vendor.tunnels.get() == 0 && vendor.sessions.get() == 0);
        assertEquals("it waits for another one", SessionState.ESTABLISHED, session("carried", "meanwhile").state());
        hasGone("data plane");
        VendorDataplane again = new VendorDataplane();
        plugIn(Dataplane.class, again, -50);
        eventually("session", () -> again.sessions.get() >= 1);
    }

    @Test
    public void isUpdatedAndSessionsMove() throws Exception {
        VendorDataplane old = new VendorDataplane();
        ServiceRegistration<Dataplane> first = plugIn(Dataplane.class, old, -50);
        tunnel("carried", "dataplane", "vendor");
        call("carried", "one");
        isCarriedBy(old, 1);
        VendorDataplane fresh = new VendorDataplane();
        plugIn(Dataplane.class, fresh, -40);
        isCarriedBy(fresh, 1);
        leaves(first);
        eventually("closed", () -> old.tunnels.get() == 0 && old.sessions.get() == 0);
        assertEquals(SessionState.ESTABLISHED, session("carried", "one").state());
    }

    @Test
    public void throwsAndIsSetAsideForAnotherOne() throws Exception {
        VendorDataplane broken = new VendorDataplane();
        broken.trouble.throwFromNowOn();
        plugIn(Dataplane.class, broken, -40);
        tunnel("carried", "dataplane", "vendor");
        for (int i = 0; i < 5; i++) {
            fails("carried", call("carried", "s" + i));
        }
        assertTrue(record("data plane").setAside().isPresent());
        assertEquals(5, record("data plane").failures());
        VendorDataplane sound = new VendorDataplane();
        plugIn(Dataplane.class, sound, -50);
        eventually("moved", () -> sound.tunnels.get() == 1);
        call("carried", "late");
        isCarriedBy(sound, 1);
    }

    @Test
    public void blocksAndIsTold() throws Exception {
        VendorDataplane stuck = new VendorDataplane();
        plugIn(Dataplane.class, stuck, -50);
        tunnel("carried", "dataplane", "vendor");
        stuck.trouble.blockFor(3_000); // so long the worker is held up, and all of its tunnels
        call("carried", "one");
        isCarriedBy(stuck, 1);
        assertEquals(1, record("data plane").overdue());
        assertEquals("a call has not returned for 1 s", record("data plane").lastFailure());
    }
}
