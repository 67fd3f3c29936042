package org.isthmus.core.os;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import org.isthmus.core.engine.Worker;
import org.isthmus.linux.DescriptorStore;
import org.isthmus.linux.LinuxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives a worker: waits, reads, lets it do what is due, and waits again. */
final class WorkerThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerThread.class);
    private static final long PATIENCE_MILLIS = 2_000;

    private final Worker worker;
    private final LinuxNetwork network;
    private final Thread thread;
    private volatile boolean running = true;

    WorkerThread(Worker worker, int workers, Optional<DescriptorStore> store) throws LinuxException {
        this.worker = worker;
        this.network = new LinuxNetwork(worker.index(), workers, store);
        this.thread = new Thread(this, "isthmus-worker-" + worker.index());
    }

    void start() {
        worker.driveBy(thread, network, network::wakeUp);
        thread.start();
    }

    /** Ends it; returns when it has ended, or does not by itself nor when it is interrupted. */
    void stop() throws InterruptedException {
        running = false;
        network.wakeUp();
        if (!worker.isAbandoned()) {
            thread.join(PATIENCE_MILLIS);
        }
        if (thread.isAlive()) {
            LOG.error("worker {} does not end: it is interrupted where it hangs; please report this\n    {}", worker.index(),
                    Arrays.stream(thread.getStackTrace()).map(Object::toString).collect(Collectors.joining("\n    ")));
            thread.interrupt();
            thread.join(PATIENCE_MILLIS);
        }
    }

    @Override
    public void run() {
        while (running) {
            try {
                int events = network.await(worker.idleMillis());
                long now = Machine.millis();
                worker.tick(now);
                network.deliver(events, worker);
                worker.turn(now);
            } catch (RuntimeException | Error defect) {
                worker.defect(defect);
            }
        }
        worker.end();
        if (worker.isAbandoned()) {
            network.abandon();
        } else {
            worker.closePorts();
            network.close();
        }
    }
}
