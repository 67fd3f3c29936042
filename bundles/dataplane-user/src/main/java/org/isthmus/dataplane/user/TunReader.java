package org.isthmus.dataplane.user;

import org.isthmus.linux.Epoll;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A thread that reads what the system sends into TUN and TAP interfaces and has the session that it belongs to send it on. All its
 * interfaces are watched by one epoll; a packet is read behind room for its headers and sent from where it lies.
 */
final class TunReader implements AutoCloseable, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(TunReader.class);
    private static final int LONGEST_PACKET = 65_535;
    private static final int EVENTS = 64;
    /** Packets from one interface before the next one has its turn. */
    private static final int TURN = 64;
    /** How long others wait for this thread, which never blocks. */
    private static final long PATIENCE_MILLIS = 2_000;

    private final Epoll epoll;
    private final Thread thread;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(FrameSender.HEADROOM + LONGEST_PACKET);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> freeTokens = new ArrayDeque<>();
    private SystemDevice[] devices = new SystemDevice[16];
    private int tokens;
    private long unroutable;
    private volatile boolean stopped;

    private TunReader(Epoll epoll, String name) {
        this.epoll = epoll;
        this.thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    static TunReader start(String name) throws LinuxException {
        TunReader reader = new TunReader(Epoll.open(EVENTS), name);
        reader.thread.start();
        return reader;
    }

    /** Begins to read an interface. Completes when that is so, exceptionally with {@link LinuxException}. */
    CompletableFuture<Void> add(SystemDevice device) {
        return onThread(() -> watch(device));
    }

    /** Ends reading an interface, which stays open. Completes when that is so: no read is under way then. */
    CompletableFuture<Void> release(SystemDevice device) {
        return onThread(() -> {
            if (device.token >= 0) {
                forget(device);
                epoll.remove(device.tun().descriptor());
            }
        });
    }

    private void forget(SystemDevice device) {
        devices[device.token] = null;
        freeTokens.add(device.token);
        device.token = -1;
    }

    @Override
    public void run() {
        while (!stopped) {
            int count = epoll.await(-1);
            if (count < 0) {
                LOG.error("A reader of TUN and TAP interfaces stops: {}. No packet of theirs goes to a peer; restart the data plane 'user'",
                        Errno.name(-count));
                return;
            }
            for (int i = 0; i < count; i++) {
                SystemDevice device = devices[(int) epoll.token(i)];
                if (device != null) {
                    read(device);
                }
            }
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }

    private void read(SystemDevice device) {
        for (int i = 0; i < TURN; i++) {
            packet.clear().position(FrameSender.HEADROOM);
            int length = device.tun().read(packet);
            if (length < 0) {
                if (length != -Errno.EAGAIN && length != -Errno.EINTR) {
                    gone(device, -length);
                }
                return;
            }
            packet.flip().position(FrameSender.HEADROOM);
            if (!device.forward(packet)) {
                // Multicast of the system itself, and packets that crossed with the end of a session.
                unroutable++;
            }
        }
    }

    private void gone(SystemDevice device, int errno) {
        LOG.error("The interface {} can no longer be read: {}. It was probably deleted; its sessions pass no packets until they are set up"
                + " again", device.name(), Errno.name(errno));
        forget(device);
        try {
            epoll.remove(device.tun().descriptor());
        } catch (LinuxException e) {
            LOG.debug("The interface {} was not watched", device.name(), e);
        }
    }

    private void watch(SystemDevice device) throws LinuxException {
        Integer free = freeTokens.poll();
        int token = free == null ? tokens++ : free;
        if (token == devices.length) {
            devices = Arrays.copyOf(devices, 2 * token);
        }
        try {
            epoll.add(device.tun().descriptor(), Epoll.READ, token);
        } catch (LinuxException e) {
            freeTokens.add(token);
            throw e;
        }
        devices[token] = device;
        device.token = token;
    }

    private CompletableFuture<Void> onThread(Task task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (LinuxException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        epoll.wakeUp();
        return done.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        stopped = true;
        epoll.wakeUp();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.debug("{} packets of the system were for no session", unroutable);
        epoll.close();
    }

    private interface Task {
        void run() throws LinuxException;
    }
}
