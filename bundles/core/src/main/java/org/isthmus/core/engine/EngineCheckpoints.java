package org.isthmus.core.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.isthmus.api.config.DesiredState;
import org.isthmus.core.checkpoint.EngineCheckpoint;
import org.isthmus.core.checkpoint.ParkedDescriptors;
import org.isthmus.core.checkpoint.SourceCheckpoint;
import org.isthmus.core.checkpoint.WorkerCheckpoint;

/** Takes an engine apart into an {@link EngineCheckpoint}, and puts another one together from it, worker by worker. */
final class EngineCheckpoints {
    /** A worker answers within milliseconds, if ever. */
    private static final long PATIENCE_MILLIS = 1_500;

    private final Engine engine;

    EngineCheckpoints(Engine engine) {
        this.engine = engine;
    }

    /** Leaves everything; no worker does anything any more. */
    EngineCheckpoint park(String version, List<DesiredState> sources, long callSerial, ParkedDescriptors descriptors) {
        Instant left = engine.now();
        Map<String, Long> counted = new LinkedHashMap<>(engine.totals().byName());
        List<WorkerCheckpoint> parked = parkAll(descriptors);
        EngineCheckpoint checkpoint = new EngineCheckpoint(version, left, engine.started(),
                sources.stream().map(SourceCheckpoint::of).toList(), engine.limits().drainOverride(), callSerial, counted, parked);
        engine.plugins().park(checkpoint.leases());
        return checkpoint;
    }

    /** Every worker leaves what is its own, also when another one does not. */
    private List<WorkerCheckpoint> parkAll(ParkedDescriptors descriptors) {
        List<WorkerCheckpoint> parked = new ArrayList<>();
        RuntimeException stuck = null;
        for (Worker worker : engine.workers()) {
            try {
                parked.add(worker.ask(() -> worker.park(descriptors)).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException | ExecutionException | InterruptedException failed) {
                worker.abandon();
                stuck = new IllegalStateException("worker " + worker.index() + " cannot leave its tunnels: "
                        + (failed instanceof ExecutionException ? failed.getCause() : "it does not answer"), failed);
            }
        }
        if (stuck != null) {
            throw stuck;
        }
        return parked;
    }

    /** What is open stays open for another version: this one could not go on. */
    void leaveAgain() {
        for (Worker worker : engine.workers()) {
            worker.ask(() -> worker.park(new ParkedDescriptors())).exceptionally(worse -> null).join();
        }
    }

    /** Has workers that were just made go on: each takes what is its own, then switched calls are tied, then packets pass. */
    void resume(EngineCheckpoint before, OurTunnels ours, List<Integer> descriptors) {
        List<Worker> workers = engine.workers();
        if (workers.size() != before.workers().size()) {
            throw new IllegalStateException("there were " + before.workers().size() + " workers, and are " + workers.size());
        }
        SwitchedHalves halves = new SwitchedHalves();
        List<WorkerCheckpoints> resumed = new ArrayList<>();
        for (Worker worker : workers) {
            WorkerCheckpoint share = before.workers().get(worker.index());
            share.ours().stream().filter(tunnel -> !tunnel.onward()).forEach(tunnel -> ours.resume(tunnel.block().name(), worker));
            resumed.add(worker.attempt(() -> worker.resume(share, descriptors, halves)).join());
        }
        halves.tie();
        for (Worker worker : workers) {
            worker.attempt(() -> {
                resumed.get(worker.index()).begin();
                return null;
            }).join();
        }
        Worker first = workers.get(0);
        first.post(() -> first.counters().resume(before.counters()));
    }
}
