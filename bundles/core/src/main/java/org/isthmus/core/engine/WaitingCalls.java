package org.isthmus.core.engine;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.isthmus.api.Cause;
import org.isthmus.core.timer.Timer;

/**
 * Calls that wait until their tunnel is up and has room for them in its send queue. It may have more sessions than a peer
 * takes at once: the queue is never filled, which would close the tunnel. Belongs to the tunnel's worker.
 */
final class WaitingCalls {
    private static final int MOST_QUEUED_MESSAGES = 256;
    private static final long LOOK_MILLIS = 20;

    private final Worker worker;
    private final ArrayDeque<Call> calls = new ArrayDeque<>(0);
    private final Timer look = new Timer(now -> placeAll());
    private Optional<LiveTunnel> tunnel = Optional.empty();

    private record Call(Consumer<LiveTunnel> place, Consumer<Cause> failed) {
    }

    WaitingCalls(Worker worker) {
        this.worker = worker;
    }

    /**
     * @param place  run once when there is room, at once if there is
     * @param failed run instead when the tunnel goes down before, or does not come up
     */
    void add(Consumer<LiveTunnel> place, Consumer<Cause> failed) {
        calls.add(new Call(place, failed));
        placeAll();
    }

    /** The tunnel is up. */
    void up(LiveTunnel up) {
        tunnel = Optional.of(up);
        placeAll();
    }

    /** The tunnel is down, or has not come up. */
    void down(Cause why) {
        tunnel = Optional.empty();
        worker.wheel().cancel(look);
        List<Call> left = List.copyOf(calls);
        calls.clear();
        left.forEach(call -> call.failed().accept(why));
    }

    private void placeAll() {
        while (!calls.isEmpty() && tunnel.filter(LiveTunnel::isOpen).isPresent()) {
            if (tunnel.get().queued() >= MOST_QUEUED_MESSAGES) {
                worker.wheel().arm(look, worker.nowMillis() + LOOK_MILLIS);
                return;
            }
            calls.poll().place().accept(tunnel.get());
        }
    }
}
