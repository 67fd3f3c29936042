package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.io.Closeable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits on many descriptors at once (epoll, level-triggered unless {@link #EDGE} is asked for), with a wake-up for other threads.
 *
 * <p>One thread waits and reads the events; any thread may add, change, remove and {@link #wakeUp}. A turn allocates nothing.
 */
public final class Epoll implements Closeable {

    /** There is something to read. */
    public static final int READ = 1;
    /** There is room to write. */
    public static final int WRITE = 4;
    /** The descriptor is in error (for a socket, also: an ICMP error waits). Reported unasked. */
    public static final int ERROR = 8;
    /** The other side hung up. Reported unasked. */
    public static final int HANGUP = 0x10;
    /** Report a change of state only once. */
    public static final int EDGE = 1 << 31;

    private static final Abi ABI = Abi.HOST;
    private static final int ADD = 1;
    private static final int DELETE = 2;
    private static final int MODIFY = 3;
    private static final long WAKE_UP = Long.MIN_VALUE;
    private static final int MAX_EVENTS = 4096;

    private final Descriptor epoll;
    private final Descriptor event;
    private final int capacity;
    private final Memory events;
    private final Memory counter = Memory.allocate(8);
    private final Memory one = Memory.allocate(8);
    private final AtomicBoolean woken = new AtomicBoolean();
    private int ready;

    private Epoll(Descriptor epoll, Descriptor event, int capacity) {
        this.epoll = epoll;
        this.event = event;
        this.capacity = capacity;
        this.events = Memory.allocate(capacity * ABI.epollEventBytes());
        one.putLong(0, 1);
    }

    /**
     * @param capacity the most events that one turn brings, 1 to 4096; more than these wait for the next turn
     */
    public static Epoll open(int capacity) throws LinuxException {
        if (capacity < 1 || capacity > MAX_EVENTS) {
            throw new IllegalArgumentException("capacity 1 to " + MAX_EVENTS + ", not " + capacity);
        }
        Descriptor epoll = Descriptor.opened("epoll_create", LibC.C.epoll_create1(ABI.closeOnExec()));
        Descriptor event;
        try {
            event = Descriptor.opened("eventfd", LibC.C.eventfd(0, ABI.closeOnExec() | ABI.nonBlock()));
        } catch (LinuxException e) {
            epoll.close();
            throw e;
        }
        Epoll opened = new Epoll(epoll, event, capacity);
        try {
            opened.control(ADD, event, READ, WAKE_UP);
        } catch (LinuxException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /**
     * Watches a descriptor.
     *
     * @param interest {@link #READ}, {@link #WRITE} and {@link #EDGE}, or'ed
     * @param token given back with each event; any value but {@code Long.MIN_VALUE}
     */
    public void add(Descriptor descriptor, int interest, long token) throws LinuxException {
        if (token == WAKE_UP) {
            throw new IllegalArgumentException("this token is the wake-up's");
        }
        control(ADD, descriptor, interest, token);
    }

    /** Changes the interest and the token of a watched descriptor. */
    public void modify(Descriptor descriptor, int interest, long token) throws LinuxException {
        control(MODIFY, descriptor, interest, token);
    }

    /** Stops watching a descriptor. To be called before it is closed, if a duplicate of it may stay open. */
    public void remove(Descriptor descriptor) throws LinuxException {
        control(DELETE, descriptor, 0, 0);
    }

    /**
     * Waits until a descriptor is ready, {@link #wakeUp} is called, or the time has passed.
     *
     * @param timeoutMillis 0 does not wait, a negative value waits without limit
     * @return how many events there are to read; 0 after a wake-up, a signal or the time-out; or a negative {@link Errno} (EBADF once this is
     *     closed)
     */
    public int await(long timeoutMillis) {
        int timeout = timeoutMillis < 0 ? -1 : (int) Math.min(timeoutMillis, Integer.MAX_VALUE);
        int count = LibC.C.epoll_wait(epoll.number(), events.address(), capacity, timeout);
        if (count < 0) {
            ready = 0;
            int errno = LibC.errno();
            return errno == Errno.EINTR ? 0 : -errno;
        }
        ready = count;
        for (int i = 0; i < count; i++) {
            if (token(i) == WAKE_UP) {
                // First the counter, then the flag: the other way round, a wake-up in between would leave the flag up for ever. One
                // that comes in between now finds the flag up, and this turn still sees what it posted.
                LibC.C.read(event.number(), counter.address(), 8);
                woken.set(false);
                moveLastTo(i);
                break;
            }
        }
        return ready;
    }

    /** The token of the event {@code i} of the last {@link #await}. */
    public long token(int i) {
        return events.getLong(i * ABI.epollEventBytes() + ABI.epollData());
    }

    /** What happened: {@link #READ}, {@link #WRITE}, {@link #ERROR}, {@link #HANGUP}, or'ed. */
    public int events(int i) {
        return events.getInt(i * ABI.epollEventBytes());
    }

    /** Ends the current {@link #await}, or the next one if none is under way. Any thread. */
    public void wakeUp() {
        if (woken.compareAndSet(false, true)) {
            LibC.C.write(event.number(), one.address(), 8);
        }
    }

    @Override
    public void close() {
        epoll.close();
        event.close();
    }

    private void moveLastTo(int i) {
        ready--;
        if (i < ready) {
            int from = ready * ABI.epollEventBytes();
            int to = i * ABI.epollEventBytes();
            events.putInt(to, events.getInt(from));
            events.putLong(to + ABI.epollData(), events.getLong(from + ABI.epollData()));
        }
    }

    private void control(int operation, Descriptor descriptor, int interest, long token) throws LinuxException {
        Memory change = Memory.allocate(ABI.epollEventBytes());
        change.putInt(0, interest);
        change.putLong(ABI.epollData(), token);
        if (LibC.C.epoll_ctl(epoll.number(), operation, descriptor.number(), change.address()) < 0) {
            throw new LinuxException("epoll_ctl on " + descriptor, LibC.errno());
        }
    }
}
