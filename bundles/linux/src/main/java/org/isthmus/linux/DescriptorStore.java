package org.isthmus.linux;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Another process that keeps descriptors of this one open, and gives them to whoever is started in its place: systemd's file descriptor
 * store, or the keeper of the appliance, which speaks the same protocol (sd_notify, at the socket that NOTIFY_SOCKET names). Each has a
 * name of its own, up to 255 printable ASCII characters without a colon. Any thread may call; it waits for the other process only when
 * that is very busy.
 */
public final class DescriptorStore implements Closeable {

    private static final int PATIENCE_MILLIS = 5_000;

    private final TextSocket socket;
    private boolean gone;

    private DescriptorStore(TextSocket socket) {
        this.socket = socket;
    }

    /**
     * That of this process.
     *
     * @return empty if there is none
     * @throws LinuxException if there is one that cannot be reached
     */
    public static Optional<DescriptorStore> ofThisProcess() throws LinuxException {
        String name = System.getenv("NOTIFY_SOCKET");
        boolean hasRoom = !"0".equals(System.getenv("FDSTORE")); // systemd says how many it takes, from version 254 on
        return name == null || name.isEmpty() || !hasRoom ? Optional.empty() : Optional.of(at(name));
    }

    static DescriptorStore at(String name) throws LinuxException {
        return new DescriptorStore(TextSocket.to(name));
    }

    /**
     * Has it keep a descriptor, whatever becomes of this process's own.
     *
     * @throws LinuxException if it does not take anything, or is gone; that it is gone is told once
     */
    public synchronized void keep(String name, Descriptor descriptor) throws LinuxException {
        // Not polled: a socket that has an ICMP error to tell is not over.
        send("FDSTORE=1\nFDPOLL=0\nFDNAME=" + name, descriptor);
    }

    /**
     * Has it close what it keeps of this name. To be asked before this process closes its own.
     *
     * @throws LinuxException as {@link #keep} does
     */
    public synchronized void forget(String name) throws LinuxException {
        send("FDSTOREREMOVE=1\nFDNAME=" + name);
    }

    /**
     * Says that this process has come up.
     *
     * @throws LinuxException as {@link #keep} does
     */
    public synchronized void ready() throws LinuxException {
        send("READY=1");
    }

    /** When the other process is gone that is told once, and from then on nothing is kept. */
    private void send(String text, Descriptor... descriptors) throws LinuxException {
        if (gone) {
            return;
        }
        try {
            socket.send(text, descriptors);
        } catch (LinuxException refused) {
            gone = refused.errno() == Errno.ECONNREFUSED || refused.errno() == Errno.ENOTCONN;
            throw refused;
        }
    }

    /**
     * Waits until all that was asked before has been done, for 5 s at most.
     *
     * @throws LinuxException if it was not done in that time, or the other process is gone
     */
    public synchronized void await() throws LinuxException {
        Pipe pipe = Pipe.open();
        try (pipe; Epoll epoll = Epoll.open(1)) {
            socket.send("BARRIER=1", pipe.writer());
            pipe.writer().close();
            epoll.add(pipe.reader(), Epoll.READ, 0);
            long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
            int end = -Errno.EAGAIN;
            while (end == -Errno.EAGAIN && System.nanoTime() - deadline < 0) {
                epoll.await(PATIENCE_MILLIS);
                end = pipe.read(ByteBuffer.allocateDirect(1));
            }
            if (end != 0) {
                throw new LinuxException("wait for the descriptor store", Errno.EAGAIN);
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
