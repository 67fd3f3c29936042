package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.RX_STRAY_DROPPED;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.isthmus.core.net.Arrival;

/**
 * Sessions of version 3 whose identifier an operator fixed so that it names another worker than that of their tunnel: the
 * kernel gives their packets to the wrong worker, which hands on a copy. That is slower, and no more than so many copies
 * wait at a time. Any thread may use it.
 */
final class Strays {
    private static final int MOST_WAITING = 1024;

    private final Map<Integer, Worker> owners = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    void add(int sessionId, Worker owner) {
        owners.put(sessionId, owner);
    }

    void remove(int sessionId, Worker owner) {
        owners.remove(sessionId, owner);
    }

    /**
     * Hands a packet to the worker that owns its session, unless too many wait; false if there is none.
     *
     * @param here the worker that it came to
     */
    boolean handOn(Arrival arrival, int sessionId, Worker here) {
        if (owners.isEmpty()) {
            return false;
        }
        Worker owner = owners.get(sessionId);
        if (owner == null) {
            return false;
        }
        if (waiting.get() >= MOST_WAITING) {
            here.count(RX_STRAY_DROPPED);
            return true;
        }
        waiting.incrementAndGet();
        KeptArrival kept = KeptArrival.of(arrival);
        owner.post(() -> {
            waiting.decrementAndGet();
            LiveSession session = owner.sessions().find(sessionId);
            if (session != null) {
                session.tunnel().traffic().arrived(kept, session);
            }
        });
        return true;
    }
}
