package org.isthmus.itests.plugins;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.isthmus.api.L2tpEvent;
import org.isthmus.api.L2tpListener;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** Listeners, which are told on threads of their own. */
public class ListenerTest extends ServiceTest {

    private static final class Diary implements L2tpListener {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Trouble trouble = new Trouble();

        @Override
        public void happened(L2tpEvent event) {
            trouble.happens();
            if (event instanceof L2tpEvent.TunnelEvent tunnel) {
                lines.add(tunnel.kind() + " " + tunnel.tunnel().name());
            }
        }
    }

    @Test
    public void arrivesLateAndLeaves() throws Exception {
        tunnel("before");
        Diary diary = new Diary();
        ServiceRegistration<L2tpListener> plugin = plugIn(L2tpListener.class, diary, 0);
        tunnel("meanwhile");
        eventually("event", () -> diary.lines.contains("UP meanwhile"));
        assertFalse(diary.lines.contains("UP before"));
        leaves(plugin);
        tunnel("after");
        assertFalse(diary.lines.contains("UP after"));
        hasGone("listener");
    }

    @Test
    public void isUpdated() throws Exception {
        Diary old = new Diary();
        ServiceRegistration<L2tpListener> first = plugIn(L2tpListener.class, old, 0);
        Diary fresh = new Diary();
        plugIn(L2tpListener.class, fresh, 1);
        leaves(first);
        tunnel("updated");
        eventually("event", () -> fresh.lines.contains("UP updated"));
        assertEquals(List.of(), old.lines);
    }

    @Test
    public void throwsAndIsSetAside() throws Exception {
        Diary broken = new Diary();
        broken.trouble.throwFromNowOn();
        plugIn(L2tpListener.class, broken, 1);
        Diary sound = new Diary();
        tunnel("first");
        tunnel("second");
        tunnel("third");
        eventually("set aside", () -> record("listener").setAside().isPresent());
        assertTrue(record("listener").failures() >= 5);
        assertEquals("broken by the test", record("listener").lastFailure());
        plugIn(L2tpListener.class, sound, 0);
        tunnel("fourth");
        eventually("event", () -> sound.lines.contains("UP fourth"));
    }

    @Test
    public void blocksAndHoldsUpNobodyElse() throws Exception {
        Diary stuck = new Diary();
        stuck.trouble.blockFromNowOn();
        plugIn(L2tpListener.class, stuck, 1);
        Diary sound = new Diary();
        plugIn(L2tpListener.class, sound, 0);
        tunnel("other");
        eventually("event", () -> sound.lines.contains("UP other"));
        assertEquals(List.of(), stuck.lines);
        stuck.trouble.isOver();
        eventually("event", () -> stuck.lines.contains("UP other"));
    }
}
