package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.ENGINE_DEFECTS;
import static org.isthmus.core.counters.Counter.PLUGIN_FAILURES;
import static org.isthmus.core.counters.Counter.RX_TOO_LONG;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.admission.AdmissionLimits;
import org.isthmus.core.admission.FrontDoor;
import org.isthmus.core.admission.LogRate;
import org.isthmus.core.checkpoint.ParkedDescriptors;
import org.isthmus.core.checkpoint.WorkerCheckpoint;
import org.isthmus.core.counters.Counter;
import org.isthmus.core.counters.Counters;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.ArrivalHandler;
import org.isthmus.core.net.Network;
import org.isthmus.core.net.TooBig;
import org.isthmus.core.plugin.PluginFailure;
import org.isthmus.core.timer.TimerWheel;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.protocol.wire.DatagramKind;
import org.isthmus.protocol.wire.StopResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One share of the engine: its tunnels, their timers and its tasks. Everything of it is touched by one thread only, save
 * {@link #execute}. Whoever drives it, a {@link WorkerThread} or a test with a clock of its own, hands it what arrives
 * and calls {@link #turn}.
 *
 * <p>As an executor it runs a task at once when asked from its own thread, and in its next turn when asked from another.
 */
public final class Worker implements Executor, ArrivalHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int TICK_MILLIS = 10;

    private final Engine engine;
    private final int index;
    private final RandomGenerator random;
    private final Counters counters = new Counters();
    private final TimerWheel wheel;
    private final TunnelTable tunnels;
    private final SessionTable sessions;
    private final FrontDoor<LiveTunnel> frontDoor;
    private final IncomingTunnels incoming;
    private final LocalTunnels local;
    private final TunnelDirectory directory;
    private final OnwardTunnels onward = new OnwardTunnels(this);
    private final WorkerTasks tasks;
    private final Dispatch dispatch = new Dispatch(this);
    private final PathMtus pathMtus = new PathMtus(this);
    private final DataHeader dataHeader = new DataHeader();
    private final WorkerJournal journal = new WorkerJournal(this);
    private final ControlSender controlSender = new ControlSender(counters, journal);
    private final LogRate pluginLog = new LogRate(1);
    private final ListeningPorts listening = new ListeningPorts(this);
    private Network network;
    private long nowMillis;
    private boolean parked;
    private volatile boolean abandoned;

    Worker(Engine engine, int index, int workers, RandomGenerator random, long nowMillis) {
        this.engine = engine;
        this.index = index;
        this.random = random;
        this.nowMillis = nowMillis;
        this.wheel = new TimerWheel(TICK_MILLIS, nowMillis);
        WorkerShare share = new WorkerShare(index, workers);
        this.tunnels = new TunnelTable(share, random);
        this.sessions = new SessionTable(share, random);
        this.frontDoor = new FrontDoor<>(AdmissionLimits.of(engine.system(), workers), counters, random.nextLong());
        this.incoming = new IncomingTunnels(this);
        this.local = new LocalTunnels(this);
        this.directory = new TunnelDirectory(tunnels, local);
        this.tasks = new WorkerTasks(this::defect);
    }

    /**
     * Tells who drives it.
     *
     * @param driver  the thread that will call everything else
     * @param ports   where ports are opened
     * @param wakeUp  ends the driver's wait, from any thread
     */
    public void driveBy(Thread driver, Network ports, Runnable wakeUp) {
        network = ports;
        tasks.runOn(driver, wakeUp);
    }

    // ---- a turn

    /** Runs what was posted and what is due. */
    public void turn(long now) {
        tick(now);
        tasks.runWaiting();
        if (!parked) {
            tasks.runGuarded(() -> wheel.advance(nowMillis));
            tasks.runGuarded(journal::commit);
        }
    }

    /** Sets the clock for what arrives before the next {@link #turn}. */
    public void tick(long now) {
        nowMillis = Math.max(nowMillis, now);
    }

    /** How long nothing is to be done, in milliseconds; 0 when something waits. */
    public long idleMillis() {
        if (!tasks.isEmpty()) {
            return 0;
        }
        if (parked) {
            return Long.MAX_VALUE;
        }
        long next = wheel.nextDeadlineMillis();
        return next == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, next - nowMillis);
    }

    @Override
    public void arrived(Arrival arrival) {
        if (!parked) {
            dispatch.arrived(arrival);
        }
    }

    @Override
    public void tooLong() {
        count(RX_TOO_LONG);
    }

    @Override
    public void tooBig(Encapsulation encapsulation, TooBig report) {
        pathMtus.reported(encapsulation, report);
    }

    /** The session identifier of a data packet, -1 when it is malformed. */
    int sessionIdOf(ByteBuffer packet) {
        return dataHeader.parse(packet) == DatagramKind.DATA ? dataHeader.sessionId() : -1;
    }

    // ---- tasks

    @Override
    public void execute(Runnable task) {
        tasks.execute(task);
    }

    /** Runs a task in one of the next turns, never at once. */
    void post(Runnable task) {
        tasks.post(task);
    }

    /** Has the worker answer a question; fails when nobody drives it any more. */
    <T> CompletableFuture<T> ask(Supplier<T> question) {
        return tasks.attempt(question::get);
    }

    /** Has the worker do what may fail. */
    <T> CompletableFuture<T> attempt(Callable<T> attempt) {
        return tasks.attempt(attempt);
    }

    /** Hands what a plugin or a name server answers to the worker, at once if it is there already. */
    <T> void whenDone(CompletionStage<T> stage, BiConsumer<T, Throwable> then) {
        stage.whenComplete((answer, failure) -> execute(() -> then.accept(answer, failure)));
    }

    /** Asks a plugin for what it answers later; also one that throws instead has answered: it failed. */
    <T> void whenAnswered(String what, Supplier<CompletionStage<T>> question, BiConsumer<T, Throwable> then) {
        CompletionStage<T> stage;
        try {
            stage = question.get();
        } catch (RuntimeException broken) {
            pluginFailed(what, broken);
            then.accept(null, broken);
            return;
        }
        whenDone(stage, then);
    }

    /** Nobody drives it any more: what is left of tunnels goes, what waits is not done, and who asked is told so. */
    public void end() {
        if (!parked && !abandoned) {
            local.removeAll();
            List.copyOf(tunnels.all()).forEach(tunnel -> guard("drop a tunnel", tunnel::drop));
            tasks.runGuarded(journal::close);
        }
        tasks.end();
    }

    /** Something that is no plugin's failure: counted, and told. */
    public void defect(Throwable defect) {
        counters.count(ENGINE_DEFECTS);
        LOG.error("worker {} met a defect; it goes on: please report this", index, defect);
    }

    // ---- another object goes on

    /** It does not answer any more: whenever it ends, what it has is somebody else's. From any thread. */
    void abandon() {
        abandoned = true;
    }

    public boolean isAbandoned() {
        return abandoned;
    }

    /** Leaves everything to another object; from now on it does nothing and says nothing. */
    WorkerCheckpoint park(ParkedDescriptors descriptors) {
        journal.leave();
        WorkerCheckpoint checkpoint = new WorkerCheckpoints(this, new SwitchedHalves()).park(descriptors);
        parked = true;
        listening.leave();
        tasks.end();
        return checkpoint;
    }

    /** Goes on where another object was, up to {@link WorkerCheckpoints#begin}. */
    WorkerCheckpoints resume(WorkerCheckpoint before, List<Integer> parkedDescriptors, SwitchedHalves halves)
            throws IOException, UnreadableException {
        WorkerCheckpoints resumed = new WorkerCheckpoints(this, halves);
        resumed.resume(before, parkedDescriptors);
        return resumed;
    }

    /** Calls a plugin whose failure must not go further. */
    void guard(String what, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException broken) {
            pluginFailed(what, broken);
        }
    }

    /** Asks a plugin; empty if it fails. */
    <T> Optional<T> asked(String what, Supplier<T> call) {
        try {
            return Optional.ofNullable(call.get());
        } catch (RuntimeException broken) {
            pluginFailed(what, broken);
            return Optional.empty();
        }
    }

    /** Counts and logs that a plugin threw, as far as that is not done yet. */
    void pluginFailed(String what, RuntimeException broken) {
        boolean recorded = broken instanceof PluginFailure;
        if (!recorded) {
            counters.count(PLUGIN_FAILURES);
        }
        if (pluginLog.admits(nowMillis)) {
            LOG.error("cannot {}: {}{}", what, Words.of(broken), pluginLog.keptBack(), recorded ? null : broken);
        }
    }

    // ---- what happens to all of its tunnels

    /** The operator changed profiles. */
    void profilesChanged() {
        frontDoor.limits(AdmissionLimits.of(engine.system(), engine.workerCount()));
        onward.profilesChanged();
        local.resolveAgain();
        List.copyOf(tunnels.all()).forEach(LiveTunnel::resolveAgain);
        dataplaneChanged();
    }

    /** Other data planes are there, or others are wanted. */
    void dataplaneChanged() {
        List.copyOf(tunnels.all()).forEach(LiveTunnel::attach);
    }

    /** Closes every tunnel; completes when all peers have acknowledged it. */
    CompletableFuture<Void> shutDown() {
        local.removeAll();
        List<CompletableFuture<Void>> waits = new ArrayList<>();
        for (LiveTunnel tunnel : List.copyOf(tunnels.all())) {
            tunnel.close(StopResult.SHUTTING_DOWN, "the system is shut down");
            waits.add(tunnel.acknowledged());
        }
        return CompletableFuture.allOf(waits.toArray(CompletableFuture[]::new));
    }

    /** Closes every port. */
    public void closePorts() {
        listening.close();
        local.closePorts();
    }

    // ---- its parts

    Engine engine() {
        return engine;
    }

    public int index() {
        return index;
    }

    RandomGenerator random() {
        return random;
    }

    long nowMillis() {
        return nowMillis;
    }

    TimerWheel wheel() {
        return wheel;
    }

    TunnelTable tunnels() {
        return tunnels;
    }

    /** Those of version 3. */
    SessionTable sessions() {
        return sessions;
    }

    FrontDoor<LiveTunnel> frontDoor() {
        return frontDoor;
    }

    LocalTunnels local() {
        return local;
    }

    /** Where it hears peers. */
    ListeningPorts listening() {
        return listening;
    }

    /** Those that switched calls go on through. */
    OnwardTunnels onward() {
        return onward;
    }

    /** What people see of its tunnels. */
    TunnelDirectory directory() {
        return directory;
    }

    /** What outlives the process. */
    WorkerJournal journal() {
        return journal;
    }

    ControlSender controlSender() {
        return controlSender;
    }

    PathMtus pathMtus() {
        return pathMtus;
    }

    Network network() {
        return network;
    }

    IncomingTunnels incoming() {
        return incoming;
    }

    Counters counters() {
        return counters;
    }

    void count(Counter counter) {
        counters.count(counter);
    }
}
