package org.isthmus.core.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.core.checkpoint.SourceCheckpoint;
import org.isthmus.api.config.DesiredState;
import org.isthmus.core.journal.Journal;
import org.isthmus.core.journal.KeptEngine;
import org.isthmus.handover.fields.Records;

/** What of the engine itself outlives the process, if somebody keeps it; {@link WorkerJournal} has what its workers do. Of the admin's thread. */
public final class EngineJournal {
    private final Engine engine;
    private final Workers workers;
    private final Surroundings surroundings;
    private Optional<Journal> journal = Optional.empty();

    EngineJournal(Engine engine, Workers workers, Surroundings surroundings) {
        this.engine = engine;
        this.workers = workers;
        this.surroundings = surroundings;
    }

    /** Begins all of them, in the place of those that another object had. */
    void begin() {
        journal = surroundings.journal();
        workers.each(worker -> worker.journal().begin(surroundings.journal(worker.index())));
    }

    /** Ends the process, for another one to go on; empty where nobody would start that. */
    public Optional<Runnable> startAgain() {
        return journal.isPresent() ? surroundings.startProcessAgain() : Optional.empty();
    }

    /**
     * What is to be known of the engine if this process is killed is another now.
     *
     * @param version of this bundle
     * @param sources what each source says should exist
     * @param whole   whether the process is about to end: then counters and all tunnels are written as they are now
     */
    public void written(String version, List<DesiredState> sources, boolean whole) {
        if (whole) {
            workers.each(worker -> worker.journal().writeAll());
        }
        journal.ifPresent(open -> {
            open.put(KeptEngine.KEY, Records.write(new KeptEngine(version, engine.now(), engine.started(),
                    sources.stream().map(SourceCheckpoint::of).toList(), engine.limits().drainOverride(), engine.callSerial(),
                    whole ? engine.totals().byName() : Map.of(), workers.all().size())));
            open.commit();
        });
    }

    /** Another object goes on; what is written stays until that has written its own. */
    void leave() {
        journal.ifPresent(Journal::leave);
        journal = Optional.empty();
    }

    /** Nobody goes on. */
    void close() {
        journal.ifPresent(Journal::close);
        journal = Optional.empty();
    }
}
