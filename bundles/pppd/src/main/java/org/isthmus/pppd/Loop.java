package org.isthmus.pppd;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.isthmus.linux.Descriptor;
import org.isthmus.linux.Epoll;
import org.isthmus.linux.LinuxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that does everything here: what others ask, what is due, and what comes on descriptors. */
final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final int EVENTS = 64;
    private static final long STOP_MILLIS = 5_000;

    private final Epoll epoll;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final Map<Long, Runnable> watched = new HashMap<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long lastToken;
    private long lastDue;
    private volatile boolean stopped;

    private record Due(long atMillis, long number, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int order = Long.compare(atMillis, other.atMillis);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    Loop(String name) throws LinuxException {
        epoll = Epoll.open(EVENTS);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Does it soon. Any thread. */
    void post(Runnable task) {
        asked.add(task);
        epoll.wakeUp();
    }

    /** Does it when the time has passed. On the loop's thread. */
    void after(long millis, Runnable task) {
        due.add(new Due(nowMillis() + millis, ++lastDue, task));
    }

    /** Does it whenever there is something to read, until it is unwatched. On the loop's thread. */
    long watch(Descriptor descriptor, Runnable task) throws LinuxException {
        epoll.add(descriptor, Epoll.READ, ++lastToken);
        watched.put(lastToken, task);
        return lastToken;
    }

    /** On the loop's thread, before the descriptor is closed. */
    void unwatch(long token, Descriptor descriptor) {
        watched.remove(token);
        try {
            epoll.remove(descriptor);
        } catch (LinuxException gone) {
            LOG.debug("{} is no longer watched: {}", descriptor, gone.getMessage());
        }
    }

    /** A clock that never runs backwards. */
    long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** Does what was asked before, and ends. Not on the loop's thread. */
    void stop() {
        stopped = true;
        epoll.wakeUp();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        epoll.close();
    }

    private void run() {
        while (!stopped || !asked.isEmpty()) {
            for (Runnable task = asked.poll(); task != null; task = asked.poll()) {
                guard(task);
            }
            while (!due.isEmpty() && due.peek().atMillis() <= nowMillis()) {
                guard(due.poll().task());
            }
            long wait = stopped || !asked.isEmpty() ? 0 : due.isEmpty() ? -1 : Math.max(0, due.peek().atMillis() - nowMillis());
            int ready = epoll.await(wait);
            for (int i = 0; i < ready; i++) {
                Runnable task = watched.get(epoll.token(i)); // gone if an earlier one of this turn has unwatched it
                if (task != null) {
                    guard(task);
                }
            }
        }
    }

    private static void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.error("the launcher of pppd met a defect; it goes on: please report this", bug);
        }
    }
}
