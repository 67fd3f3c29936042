package org.isthmus.core.trace;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.isthmus.api.Origin;
import org.isthmus.api.TunnelTrace;

/** Which tunnels are traced, by name. Any thread may call. */
public final class Taps {
    private final Clock clock;
    private final Consumer<String> changed;
    private final Map<String, Tap> byTunnel = new ConcurrentHashMap<>();

    /** @param changed is told the name of a tunnel whose traces begin or end, so that it looks again */
    public Taps(Clock clock, Consumer<String> changed) {
        this.clock = clock;
        this.changed = changed;
    }

    /** Begins a trace of the tunnel with this name, whether there is one now or not. */
    public TunnelTrace begin(String tunnel, boolean withData) {
        TraceQueue queue = new TraceQueue(tunnel, withData, this::end);
        byTunnel.compute(tunnel, (name, tap) -> {
            List<TraceQueue> queues = tap == null ? new ArrayList<>() : new ArrayList<>(tap.queues());
            queues.add(queue);
            return new Tap(queues);
        });
        changed.accept(tunnel);
        return queue;
    }

    private void end(TraceQueue queue) {
        byTunnel.computeIfPresent(queue.tunnel(), (name, tap) -> {
            List<TraceQueue> queues = new ArrayList<>(tap.queues());
            queues.remove(queue);
            return queues.isEmpty() ? null : new Tap(queues);
        });
        changed.accept(queue.tunnel());
    }

    /** What watches the datagrams of a tunnel that is made now. */
    public TunnelWatch watch(String tunnel, Origin origin) {
        return new TunnelWatch(this, tunnel, origin);
    }

    /** The traces of a tunnel; null when it has none. */
    Tap of(String tunnel) {
        return byTunnel.get(tunnel);
    }

    Clock clock() {
        return clock;
    }

    /** How many tunnels are traced. */
    public int size() {
        return byTunnel.size();
    }
}
