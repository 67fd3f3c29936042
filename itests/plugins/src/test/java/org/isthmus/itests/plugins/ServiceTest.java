package org.isthmus.itests.plugins;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assert.fail;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import javax.inject.Inject;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.PluginStatus;
import org.isthmus.api.SessionState;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.junit.After;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerSuite;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * An appliance that calls itself, and plugins that come from the test. A tunnel with a session that has nothing to do with them must be the
 * same after each test as before all.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerSuite.class)
public abstract class ServiceTest {
    private static final String WITNESS = "witness";
    /** What the witness was when it came up, in the container of the class. */
    private static Optional<TunnelStatus> witness = Optional.empty();

    @Inject
    private BundleContext context;
    @Inject
    private L2tpAdmin admin;
    private final List<ServiceRegistration<?>> registered = new ArrayList<>();
    private final List<String> tunnels = new ArrayList<>();

    @Configuration
    public Option[] appliance() {
        return ApplianceUnderTest.options();
    }

    @Before
    public void witnessIsUp() throws Exception {
        if (witness.isEmpty()) {
            eventually("data plane", () -> admin.system().dataplane().equals("user"));
            eventually("configuration", () -> admin.blocks().stream().anyMatch(block -> block.name().equals("provided")));
            if (admin.tunnel(WITNESS).isEmpty()) {
                admin.createTunnel(WITNESS, settings(Schema.TUNNEL, "peer", "127.0.0.1"));
                admin.createSession(WITNESS, WITNESS, settings(Schema.SESSION, "user_name", "w", "user_password", "w"));
            }
            eventually("witness", () -> admin.session(WITNESS + "/" + WITNESS).filter(it -> it.upSince().isPresent()).isPresent());
            witness = admin.tunnel(WITNESS);
        }
    }

    @After
    public void nothingIsLost() throws Exception {
        registered.forEach(ServiceTest::withdraw);
        try {
            TunnelStatus now = admin.tunnel(WITNESS).orElseThrow();
            assertEquals(witness.orElseThrow().upSince(), now.upSince());
            assertEquals(SessionState.ESTABLISHED, session(WITNESS, WITNESS).state());
            for (String tunnel : tunnels) {
                assertEquals("tunnel " + tunnel, TunnelState.ESTABLISHED, admin.tunnel(tunnel).orElseThrow().state());
            }
        } finally {
            for (String tunnel : tunnels) {
                admin.deleteTunnel(tunnel, "the test is over");
            }
        }
    }

    // ---- what tests do

    /** Registers a plugin; one with a higher ranking is asked first. */
    final <T> ServiceRegistration<T> plugIn(Class<T> type, T plugin, int ranking) {
        Hashtable<String, Object> properties = new Hashtable<>(Map.of(Constants.SERVICE_RANKING, ranking));
        ServiceRegistration<T> made = context.registerService(type, plugin, properties);
        registered.add(made);
        return made;
    }

    final void leaves(ServiceRegistration<?> plugin) {
        registered.remove(plugin);
        plugin.unregister();
    }

    private static void withdraw(ServiceRegistration<?> plugin) {
        plugin.unregister();
    }

    /** A tunnel to ourselves; its name is its host name too, by which its peer profile is found. */
    final String tunnel(String name, String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of("peer", "127.0.0.1", "host_name", name, "persist", "yes"));
        all.addAll(List.of(settings));
        admin.createTunnel(name, settings(Schema.TUNNEL, all.toArray(String[]::new)));
        tunnels.add(name);
        eventually("tunnel " + name, () -> admin.tunnel(name).orElseThrow().state() == TunnelState.ESTABLISHED);
        return name;
    }

    final String call(String tunnel, String name, String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of("user_name", "alice", "user_password", "wonderland"));
        all.addAll(List.of(settings));
        admin.createSession(tunnel, name, settings(Schema.SESSION, all.toArray(String[]::new)));
        return name;
    }

    final SessionStatus session(String tunnel, String name) {
        return admin.session(tunnel + "/" + name).orElseThrow();
    }

    final void comesUp(String tunnel, String name) {
        eventually("session " + tunnel + "/" + name, () -> session(tunnel, name).upSince().isPresent());
    }

    final void fails(String tunnel, String name) {
        eventually("failure of " + tunnel + "/" + name, () -> session(tunnel, name).state() == SessionState.RETRY
                || session(tunnel, name).state() == SessionState.DOWN);
    }

    final L2tpAdmin admin() {
        return admin;
    }

    /** How the calls of the plugins of a kind went that come from this test, the one with most calls. */
    final PluginStatus record(String kind) {
        String test = context.getBundle().getSymbolicName();
        return admin.plugins().stream().filter(plugin -> plugin.kind().equals(kind) && plugin.bundle().equals(test))
                .max((one, other) -> Long.compare(one.calls(), other.calls())).orElseThrow(() -> new AssertionError("no " + kind + " of " + test
                        + " in " + admin.plugins()));
    }

    final void hasGone(String kind) {
        String test = context.getBundle().getSymbolicName();
        assertTrue(admin.plugins().stream().noneMatch(plugin -> plugin.kind().equals(kind) && plugin.bundle().equals(test)));
    }

    /**
     * Waits until something is so, and fails when it is not in time. It looks every 20 ms: what tests wait for in a real container is partly
     * told by no event, such as a plugin's record, what is configured, or the data plane in use.
     */
    static void eventually(String what, BooleanSupplier condition) {
        eventually(15, what, condition);
    }

    /**
     * Waits until something is so, and fails when it is not in time. It is looked at again and again: what is waited for is a state of the
     * whole appliance, of which no one event tells, and a listener for events would itself be one of the plugins that are tried here.
     */
    static void eventually(int seconds, String what, BooleanSupplier condition) {
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                fail("not within " + seconds + " s: " + what);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    private static Settings settings(BlockType type, String... pairs) throws Exception {
        Settings.Builder settings = Settings.builder();
        for (int i = 0; i < pairs.length; i += 2) {
            settings.parse(type.parameter(pairs[i]).orElseThrow(), pairs[i + 1]);
        }
        return settings.build();
    }
}
