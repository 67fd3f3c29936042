package org.isthmus.dataplane.user;

import org.isthmus.linux.Closer;
import org.isthmus.linux.LinuxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletionException;

/** The few threads that read all TUN and TAP interfaces; each interface is read by one of them. For the thread of {@link SystemNetwork}. */
final class SystemReaders implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SystemReaders.class);
    private static final int MOST_THREADS = 4;

    private static final long STOP_SECONDS = 5;

    private final TunReader[] readers;
    /** The readers have frames to pass on while interfaces are closed. */
    private final Closer closer = new Closer("l2tp-tun-closer");
    private int next;

    /** @param threads 1 or more */
    SystemReaders(int threads) throws LinuxException {
        readers = new TunReader[threads];
        for (int i = 0; i < threads; i++) {
            try {
                readers[i] = TunReader.start("l2tp-tun-reader-" + i);
            } catch (LinuxException e) {
                close();
                throw e;
            }
        }
    }

    /** Half as many threads as there are processors: the workers have the others. */
    static SystemReaders forThisMachine() throws LinuxException {
        return new SystemReaders(Math.max(1, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors() / 2)));
    }

    /** Begins to read an interface, which is the caller's to close if that fails. */
    void add(SystemDevice device) throws LinuxException {
        device.reader = readers[next++ % readers.length];
        try {
            device.reader.add(device).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LinuxException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** Ends reading an interface and closes it, by which the system forgets it soon. */
    void close(SystemDevice device) {
        release(device);
        closer.close(device.tun()::close);
    }

    /** Ends reading an interface, which stays open. */
    void release(SystemDevice device) {
        if (device.reader == null) {
            return;
        }
        try {
            device.reader.release(device).join();
        } catch (CompletionException e) {
            LOG.warn("The interface {} could not be let go: {}", device.name(), e.getMessage());
        }
    }

    @Override
    public void close() {
        if (!closer.stop(STOP_SECONDS)) {
            LOG.warn("The interfaces of the data plane 'user' were not all closed within {} s", STOP_SECONDS);
        }
        for (TunReader reader : readers) {
            if (reader != null) {
                reader.close();
            }
        }
    }
}
