package org.isthmus.core.os;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.ValueTypes;
import org.isthmus.core.engine.Surroundings;
import org.isthmus.core.engine.Worker;
import org.isthmus.core.net.Neighbourhood;
import org.isthmus.core.state.StateFolder;
import org.isthmus.core.state.StateStore;
import org.isthmus.linux.LinuxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine that the appliance runs on. */
public final class Machine implements Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);
    private static final int RESOLVERS = 4;

    private final Map<Worker, WorkerThread> threads = new ConcurrentHashMap<>();
    private final ExecutorService resolver = resolver();
    private final StateFolder states;
    private final LinuxNeighbourhood neighbourhood;
    private int workers = 1;

    /** @param data the folder for what is kept: {@code tunnels} that are to outlive a failure, and {@code resolv.conf} */
    public Machine(Path data) {
        this.states = new StateFolder(data.resolve("tunnels"));
        this.neighbourhood = new LinuxNeighbourhood(data.resolve("resolv.conf"));
    }

    static long millis() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public long nowMillis() {
        return millis();
    }

    @Override
    public RandomGenerator random() {
        return new SecureRandom();
    }

    @Override
    public String hostName() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).trim();
            return name.isEmpty() ? "isthmus" : name;
        } catch (IOException unreadable) {
            return "isthmus";
        }
    }

    @Override
    public int workers(int wanted) {
        workers = wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
        return workers;
    }

    @Override
    public void drive(Worker worker) {
        try {
            WorkerThread thread = new WorkerThread(worker, workers);
            threads.put(worker, thread);
            thread.start();
        } catch (LinuxException refused) {
            throw new IllegalStateException("a worker cannot wait for sockets: " + refused.getMessage()
                    + "; is the limit of open files too low (ulimit -n)?", refused);
        }
    }

    @Override
    public void release(Worker worker) {
        WorkerThread thread = threads.remove(worker);
        if (thread == null) {
            return;
        }
        try {
            thread.stop();
        } catch (InterruptedException hurried) {
            LOG.warn("worker {} was not waited for", worker.index());
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public StateStore states() {
        return states;
    }

    @Override
    public Neighbourhood neighbourhood() {
        return neighbourhood;
    }

    @Override
    public CompletionStage<InetAddress> resolve(String host) {
        try {
            return CompletableFuture.completedFuture(ValueTypes.ADDRESS.parse(host)); // waits for no name server
        } catch (InvalidValueException name) {
            return lookUp(host);
        }
    }

    private CompletionStage<InetAddress> lookUp(String host) {
        CompletableFuture<InetAddress> found = new CompletableFuture<>();
        resolver.execute(() -> {
            try {
                found.complete(InetAddress.getByName(host));
            } catch (UnknownHostException unknown) {
                found.completeExceptionally(unknown);
            }
        });
        return found;
    }

    /** Ends its threads. */
    public void close() {
        resolver.shutdownNow();
        states.close();
        neighbourhood.close();
    }

    private static ExecutorService resolver() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(RESOLVERS, RESOLVERS, 10, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "isthmus-resolver");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
