package org.isthmus.core.engine;

import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

import org.isthmus.core.journal.Journal;
import org.isthmus.core.net.Neighbourhood;
import org.isthmus.core.state.StateStore;

/** What the engine finds where it runs: the machine in the appliance, virtual time and a network of its own in a test. */
public interface Surroundings {

    /** The clock of people. */
    Clock clock();

    /** The clock of timers, in milliseconds; never goes back. */
    long nowMillis();

    /** A source of numbers that peers cannot guess, one for each worker. */
    RandomGenerator random();

    /** The machine's name. */
    String hostName();

    /** How many workers there are when the configuration asks for this many, 0 for one per core. */
    int workers(int wanted);

    /** Has a worker run from now on; see {@link Worker#driveBy}. */
    void drive(Worker worker);

    /** Ends a worker: closes its ports and returns when it runs no more. */
    void release(Worker worker);

    /** Where tunnels are kept that are to outlive a failure. */
    default StateStore states() {
        return StateStore.NONE;
    }

    /** An empty journal of a worker, in the place of the one that another object had; empty where nothing outlives the process. */
    default Optional<Journal> journal(int worker) {
        return Optional.empty();
    }

    /** The same of the engine. */
    default Optional<Journal> journal() {
        return Optional.empty();
    }

    /** Ends this process at once, for another one to go on; empty where nobody would start that. */
    default Optional<Runnable> startProcessAgain() {
        return Optional.empty();
    }

    /** Who learns of PPP peers. */
    default Neighbourhood neighbourhood() {
        return Neighbourhood.NOBODY;
    }

    /** Looks up a host's address, away from the workers. */
    CompletionStage<InetAddress> resolve(String host);
}
