package org.isthmus.core.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.isthmus.api.config.DesiredState;
import org.isthmus.core.checkpoint.EngineCheckpoint;
import org.isthmus.core.checkpoint.ParkedDescriptors;
import org.isthmus.core.checkpoint.SourceCheckpoint;
import org.isthmus.core.checkpoint.WorkerCheckpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes an engine apart into an {@link EngineCheckpoint}, and puts another one together from it, worker by worker. */
final class EngineCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(EngineCheckpoints.class);
    /** What a worker may take for its share, which is a tenth of a second for a thousand sessions: peers do not wait for ever. */
    private static final long LEAVING_MILLIS = 3_000;
    static final long RESUMING_MILLIS = 8_000;

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
                parked.add(answer(worker, worker.ask(() -> worker.park(descriptors)), LEAVING_MILLIS));
            } catch (IllegalStateException unfit) {
                worker.abandon();
                stuck = unfit;
            }
        }
        if (stuck != null) {
            throw stuck;
        }
        return parked;
    }

    /** What is open stays open for another version: this one could not go on. */
    void leaveAgain() {
        try {
            parkAll(new ParkedDescriptors());
        } catch (IllegalStateException stuck) {
            LOG.error("not all can be left as it was: {}", stuck.getMessage(), stuck);
        }
    }

    /** What a worker answers in time; one that does not is not waited for again. */
    private static <T> T answer(Worker worker, CompletableFuture<T> answer, long millis) {
        try {
            return answer.get(worker.isAbandoned() ? 0 : millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("worker " + worker.index() + ": " + failed.getCause(), failed.getCause());
        } catch (TimeoutException hangs) {
            worker.abandon();
            throw new IllegalStateException("worker " + worker.index() + " does not answer within " + millis + " ms", hangs);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("worker " + worker.index() + " was not waited for", hurried);
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
            resumed.add(answer(worker, worker.attempt(() -> worker.resume(share, descriptors, halves)), RESUMING_MILLIS));
        }
        halves.tie();
        for (Worker worker : workers) {
            answer(worker, worker.attempt(() -> {
                resumed.get(worker.index()).begin();
                return null;
            }), RESUMING_MILLIS);
        }
        Worker first = workers.get(0);
        first.post(() -> first.counters().resume(before.counters()));
    }
}
