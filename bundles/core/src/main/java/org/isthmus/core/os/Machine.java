package org.isthmus.core.os;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.isthmus.core.journal.Journal;
import org.isthmus.core.net.Neighbourhood;
import org.isthmus.core.state.StateFolder;
import org.isthmus.core.state.StateStore;
import org.isthmus.handover.Handover;
import org.isthmus.linux.DescriptorStore;
import org.isthmus.linux.LinuxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine that the appliance runs on. */
public final class Machine implements Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);
    /** The status with which the process ends to be started again, by systemd or the keeper (EX_TEMPFAIL). */
    public static final int START_AGAIN = 75;
    private static final int RESOLVERS = 4;

    private final Map<Worker, WorkerThread> threads = new ConcurrentHashMap<>();
    private final ExecutorService resolver = resolver();
    private final StateFolder states;
    private final LinuxNeighbourhood neighbourhood;
    /** Who keeps what is to outlive this process; empty where nobody does. */
    private final Optional<DescriptorStore> store = store();
    private List<String> inherited = List.of();
    private int workers = 1;

    /** @param data the folder for what is kept: {@code tunnels} that are to outlive a failure, and {@code resolv.conf} */
    public Machine(Path data) {
        this.states = new StateFolder(data.resolve("tunnels"));
        this.neighbourhood = new LinuxNeighbourhood(data.resolve("resolv.conf"));
    }

    private static Optional<DescriptorStore> store() {
        try {
            return DescriptorStore.ofThisProcess();
        } catch (LinuxException unreachable) {
            LOG.error("nobody keeps sessions if this process is killed: {}", unreachable.getMessage());
            return Optional.empty();
        }
    }

    /** What a process before this one has left; empty where it has left nothing, or nothing that can be used, which is closed then. */
    public Optional<Inheritance> remains(Handover handover) {
        Optional<Inheritance> found = Inheritance.claim(handover, store);
        found.ifPresent(inheritance -> inherited = inheritance.names());
        return found;
    }

    /** Has nothing kept any more of what a process before this one has left. */
    public void forgetRemains() {
        Inheritance.forget(inherited, store);
    }

    /** Whoever started this process is told that it has come up. */
    public void sayReady() {
        store.ifPresent(keeper -> {
            try {
                keeper.ready();
            } catch (LinuxException deaf) {
                LOG.warn("who started this process is not told that it is up: {}", deaf.getMessage());
            }
        });
    }

    @Override
    public Optional<Runnable> startProcessAgain() {
        return store.map(keeper -> () -> Runtime.getRuntime().halt(START_AGAIN));
    }

    static String journalOf(int worker) {
        return "w" + worker;
    }

    @Override
    public Optional<Journal> journal(int worker) {
        return store.flatMap(keeper -> KeptFiles.make(keeper, journalOf(worker)));
    }

    @Override
    public Optional<Journal> journal() {
        return store.flatMap(keeper -> KeptFiles.make(keeper, Inheritance.ENGINE));
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
            WorkerThread thread = new WorkerThread(worker, workers, store);
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
        store.ifPresent(DescriptorStore::close);
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
