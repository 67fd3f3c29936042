package org.isthmus.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.isthmus.api.Cause;

/** Who waits for a tunnel to come up. */
final class TunnelWaits {
    private record Wait(Consumer<LiveTunnel> up, Consumer<Cause> down) {
    }

    private List<Wait> waits = new ArrayList<>(0);

    void add(Consumer<LiveTunnel> up, Consumer<Cause> down) {
        waits.add(new Wait(up, down));
    }

    boolean isEmpty() {
        return waits.isEmpty();
    }

    void up(LiveTunnel tunnel) {
        take().forEach(wait -> wait.up().accept(tunnel));
    }

    void down(Cause why) {
        take().forEach(wait -> wait.down().accept(why));
    }

    private List<Wait> take() {
        List<Wait> taken = waits;
        waits = new ArrayList<>(0);
        return taken;
    }
}
