package org.isthmus.dataplane.user;

import org.isthmus.linux.LinuxException;

import java.util.concurrent.CompletableFuture;

/** The few threads that read all TUN and TAP interfaces; each interface is read by one of them. For the thread of {@link SystemNetwork}. */
final class SystemReaders implements AutoCloseable {

    private static final int MOST_THREADS = 4;

    private final TunReader[] readers;
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

    /** Begins to read an interface. Completes when that is so, exceptionally with {@link LinuxException}. */
    CompletableFuture<Void> add(SystemDevice device) {
        device.reader = readers[next++ % readers.length];
        return device.reader.add(device);
    }

    /** Ends reading an interface and closes it. Completes when it is closed. */
    CompletableFuture<Void> close(SystemDevice device) {
        return device.reader.close(device);
    }

    @Override
    public void close() {
        for (TunReader reader : readers) {
            if (reader != null) {
                reader.close();
            }
        }
    }
}
