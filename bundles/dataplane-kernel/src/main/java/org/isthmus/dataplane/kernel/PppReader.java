package org.isthmus.dataplane.kernel;

import org.isthmus.linux.Descriptor;
import org.isthmus.linux.Epoll;
import org.isthmus.linux.LinuxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** One thread that reads what the kernel leaves to this process, for all sessions: PPP control frames, and news. */
final class PppReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PppReader.class);
    private static final int EVENTS = 256;
    private static final int FRAME_BYTES = 65_536;
    private static final long STOP_MILLIS = 5_000;

    /** What is read. */
    @FunctionalInterface
    interface Source {
        /**
         * Reads some of what is there.
         *
         * @param buffer to read into
         * @param events what epoll says
         * @return whether it is to be read again; false once nothing more can come
         */
        boolean ready(ByteBuffer buffer, int events);
    }

    private record Watched(Source source, Descriptor descriptor) {
    }

    private final Epoll epoll;
    private final Map<Long, Watched> watched = new ConcurrentHashMap<>();
    private final AtomicLong tokens = new AtomicLong();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(FRAME_BYTES);
    private final Thread thread;
    private volatile boolean stopped;

    PppReader() throws LinuxException {
        epoll = Epoll.open(EVENTS);
        thread = new Thread(this::run, "l2tp-kernel-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads a descriptor from now on; gives the token to {@link #remove} it by. Any thread. */
    long add(Descriptor descriptor, Source source) throws LinuxException {
        long token = tokens.incrementAndGet();
        watched.put(token, new Watched(source, descriptor));
        try {
            epoll.add(descriptor, Epoll.READ, token);
        } catch (LinuxException refused) {
            watched.remove(token);
            throw refused;
        }
        return token;
    }

    /** Reads it no more; when this returns it can be closed. Any thread but this one's. */
    void remove(long token) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        tasks.add(() -> {
            forget(token);
            done.complete(null);
        });
        epoll.wakeUp();
        if (!stopped) {
            done.join();
        }
    }

    private void forget(long token) {
        Watched gone = watched.remove(token);
        if (gone != null) {
            try {
                epoll.remove(gone.descriptor());
            } catch (LinuxException notWatched) {
                LOG.debug("{}", notWatched.getMessage());
            }
        }
    }

    private void run() {
        while (!stopped) {
            int events = epoll.await(-1);
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            for (int i = 0; i < events; i++) {
                read(epoll.token(i), epoll.events(i));
            }
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void read(long token, int events) {
        Watched ready = watched.get(token);
        if (ready == null) {
            return;
        }
        boolean again = false;
        try {
            again = ready.source().ready(buffer, events);
        } catch (RuntimeException bug) {
            LOG.error("a frame met a defect, its session hears nothing more: please report this", bug);
        }
        if (!again) {
            forget(token);
        }
    }

    @Override
    public void close() {
        stopped = true;
        epoll.wakeUp();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        epoll.close();
    }
}
