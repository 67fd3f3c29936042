package org.isthmus.upgrade;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * The engine as its admin service shows it, whichever version there is. By reflection: an import of the package {@code org.isthmus.api}
 * would restart this bundle when that is replaced. What an older version does not have counts as nothing.
 */
final class EngineView {
    private static final String ADMIN = "org.isthmus.api.L2tpAdmin";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final BundleContext context;

    EngineView(BundleContext context) {
        this.context = context;
    }

    /** Whether the engine offers its service. */
    boolean isThere() {
        return context.getServiceReference(ADMIN) != null;
    }

    /**
     * Looks at all tunnels and sessions.
     *
     * @return empty while there is no engine
     * @throws UpgradeException if it throws, or does not answer
     */
    Optional<Census> look() throws UpgradeException {
        return Timed.call("looking at the tunnels and sessions", PATIENCE, () -> with(EngineView::census));
    }

    /** Has it say HELLO in each tunnel; false if this version cannot. */
    boolean hello() throws UpgradeException {
        return Timed.call("saying HELLO to the peers", PATIENCE, () -> with(admin -> {
            try {
                call(admin, ADMIN, "hello");
                return true;
            } catch (NoSuchMethodException older) {
                return false;
            }
        })).orElse(false);
    }

    private interface Question<T> {
        T ask(Object admin) throws ReflectiveOperationException;
    }

    private <T> Optional<T> with(Question<T> question) throws ReflectiveOperationException {
        ServiceReference<?> reference = context.getServiceReference(ADMIN);
        Object admin = reference == null ? null : context.getService(reference);
        if (admin == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.ask(admin));
        } finally {
            context.ungetService(reference);
        }
    }

    private static Census census(Object admin) throws ReflectiveOperationException {
        Map<String, Census.Tunnel> tunnels = new LinkedHashMap<>();
        for (Object tunnel : (Iterable<?>) call(admin, ADMIN, "tunnels")) {
            Map<?, ?> counters = (Map<?, ?>) of(tunnel, "counters");
            tunnels.put((String) of(tunnel, "name"), new Census.Tunnel((int) of(tunnel, "tunnelId"), (int) of(tunnel, "peerTunnelId"),
                    of(tunnel, "state").toString(), number(counters, "rx_cdn") + number(counters, "tx_cdn"),
                    (boolean) of(of(tunnel, "lastCause"), "byPeer"), number(counters, "ns") == number(counters, "peer_nr")));
        }
        Map<String, Census.Session> sessions = new LinkedHashMap<>();
        for (Object session : (Iterable<?>) call(admin, ADMIN, "sessions")) {
            String tunnel = (String) of(session, "tunnelName");
            sessions.put(tunnel + "/" + of(session, "name"), new Census.Session((int) of(session, "sessionId"),
                    (int) of(session, "peerSessionId"), of(session, "state").toString(), (long) of(of(session, "data"), "rxPackets")));
        }
        return new Census(tunnels, sessions, number((Map<?, ?>) of(call(admin, ADMIN, "system"), "counters"), "engine_defects"));
    }

    private static long number(Map<?, ?> counters, String name) {
        return counters.get(name) instanceof Long value ? value : 0;
    }

    /** A component of a record. */
    private static Object of(Object structure, String component) throws ReflectiveOperationException {
        return structure.getClass().getMethod(component).invoke(structure);
    }

    /** A method of an interface, whose implementation is nobody's business. */
    private static Object call(Object service, String type, String method) throws ReflectiveOperationException {
        Class<?> found = Stream.of(service.getClass().getInterfaces()).filter(each -> each.getName().equals(type)).findFirst()
                .orElseThrow(() -> new ClassNotFoundException(type));
        try {
            return found.getMethod(method).invoke(service);
        } catch (InvocationTargetException failed) {
            throw new ReflectiveOperationException(method + " threw " + failed.getCause(), failed.getCause());
        }
    }
}
