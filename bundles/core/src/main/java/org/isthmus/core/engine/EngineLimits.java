package org.isthmus.core.engine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;

/** How many tunnels and sessions there are, and whether there may be more. Any thread may use it. */
public final class EngineLimits {
    private final Supplier<Settings> system;
    private final AtomicInteger tunnels = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile Optional<Boolean> drainOverride = Optional.empty();

    /** @param system what the system block says at the moment */
    EngineLimits(Supplier<Settings> system) {
        this.system = system;
    }

    /** Tunnels that count for max_tunnels: those of peers that are up, and ours. */
    int tunnelsOpen() {
        return tunnels.get();
    }

    /** Sessions that count for max_sessions. */
    int sessionsOpen() {
        return sessions.get();
    }

    void tunnelOpened() {
        tunnels.incrementAndGet();
    }

    void tunnelClosed() {
        tunnels.decrementAndGet();
    }

    public boolean isTunnelLimitReached() {
        int limit = system.get().get(SystemParameters.MAX_TUNNELS);
        return limit > 0 && tunnels.get() >= limit;
    }

    void sessionOpened() {
        sessions.incrementAndGet();
    }

    void sessionClosed() {
        sessions.decrementAndGet();
    }

    boolean sessionLimitReached() {
        int limit = system.get().get(SystemParameters.MAX_SESSIONS);
        return limit > 0 && sessions.get() >= limit;
    }

    /** Refuses new tunnels, or takes them again, whatever the file says. */
    void drain(boolean draining) {
        drainOverride = Optional.of(draining);
    }

    /** What the operator said of draining, if something. */
    Optional<Boolean> drainOverride() {
        return drainOverride;
    }

    /** Does what the file says again. */
    void drainAsConfigured() {
        drainOverride = Optional.empty();
    }

    public boolean isDraining() {
        return drainOverride.orElse(system.get().get(SystemParameters.DRAIN_TUNNELS));
    }

    /** Why no tunnel of ours may be opened now; empty when it may. */
    public Optional<String> refusalOfOurs() {
        if (system.get().get(SystemParameters.DENY_LOCAL_TUNNEL_CREATES)) {
            return Optional.of("deny_local_tunnel_creates is set in the system block");
        }
        if (isDraining()) {
            return Optional.of("the system is draining");
        }
        return isTunnelLimitReached() ? Optional.of("max_tunnels of the system block is reached") : Optional.empty();
    }

    boolean deniesRemote() {
        return system.get().get(SystemParameters.DENY_REMOTE_TUNNEL_CREATES);
    }
}
