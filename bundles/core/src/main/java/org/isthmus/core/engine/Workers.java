package org.isthmus.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import org.isthmus.core.counters.CounterTotals;

/** All workers of the engine: who drives them, and how all of them are told or asked something. Any thread may tell and ask. */
final class Workers {
    private final Surroundings surroundings;
    private volatile List<Worker> all = List.of();
    private volatile CounterTotals totals = new CounterTotals(List.of());

    Workers(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Makes so many and has them driven; none if one cannot be. */
    void drive(Engine engine, int count) {
        List<Worker> driven = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Worker worker = new Worker(engine, i, count, surroundings.random(), surroundings.nowMillis());
                surroundings.drive(worker);
                driven.add(worker);
            }
        } catch (RuntimeException refused) {
            driven.forEach(surroundings::release);
            throw refused;
        }
        all = List.copyOf(driven);
        totals = new CounterTotals(all.stream().map(Worker::counters).toList());
    }

    /** Nobody drives them any more. */
    void release() {
        all.forEach(surroundings::release);
        all = List.of();
    }

    List<Worker> all() {
        return all;
    }

    /** What they have counted, also when they have ended. */
    CounterTotals totals() {
        return totals;
    }

    /** Has each do something in one of its next turns. */
    void post(Consumer<Worker> task) {
        all.forEach(worker -> worker.post(() -> task.accept(worker)));
    }

    /** Has one after the other do something, and waits for it. */
    void each(Consumer<Worker> what) {
        all.forEach(worker -> worker.ask(() -> {
            what.accept(worker);
            return worker;
        }).orTimeout(EngineCheckpoints.RESUMING_MILLIS, TimeUnit.MILLISECONDS).join());
    }

    /** Has each do something; completes when all have done it. */
    CompletionStage<Void> everywhere(Function<Worker, CompletableFuture<Void>> what) {
        return CompletableFuture.allOf(all.stream().map(worker -> worker.ask(() -> what.apply(worker)).thenCompose(Function.identity()))
                .toArray(CompletableFuture[]::new));
    }

    /** Asks each and gathers the answers, in no order. */
    <T> List<T> gather(Function<Worker, List<T>> question) {
        List<CompletableFuture<List<T>>> answers = all.stream().map(worker -> worker.ask(() -> question.apply(worker))).toList();
        List<T> gathered = new ArrayList<>();
        answers.forEach(answer -> gathered.addAll(answer.join()));
        return gathered;
    }
}
