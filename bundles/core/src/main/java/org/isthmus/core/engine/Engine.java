package org.isthmus.core.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.DesiredState;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.core.checkpoint.EngineCheckpoint;
import org.isthmus.core.checkpoint.ParkedDescriptors;
import org.isthmus.core.counters.CounterTotals;
import org.isthmus.core.desired.Change;
import org.isthmus.core.desired.Profiles;
import org.isthmus.core.event.EventDispatcher;
import org.isthmus.core.net.Neighbourhood;
import org.isthmus.core.state.StateStore;
import org.isthmus.core.trace.Taps;
import org.isthmus.core.users.LocalUsers;
import org.isthmus.protocol.tunnel.ChallengeBook;

/**
 * The workers and what they share. Every method may be called from any thread; what changes the engine is called by one
 * at a time, the admin.
 */
public final class Engine {
    private final Surroundings surroundings;
    private final Plugins plugins;
    private final LocalUsers users;
    private final PppProviders pppProviders;
    private final EventDispatcher events;
    private volatile Instant started;
    private final ChallengeBook challengeBook = new ChallengeBook();
    private final Strays strays = new Strays();
    private final OutstandingRequests outstanding = new OutstandingRequests();
    private final Circuits circuits = new Circuits();
    private final Bundles bundles = new Bundles();
    private final EngineLimits limits = new EngineLimits(this::system);
    private final AtomicLong callSerial = new AtomicLong();
    private final Workers workers;
    private final Dataplanes dataplanes;
    private final OurTunnels ours = new OurTunnels(this);
    private final Quirks quirks = new Quirks();
    private final Switchboard switchboard = new Switchboard(this);
    private final EngineDirectory directory;
    private final Taps taps;
    private final SavedTunnels saved;
    private final EngineJournal journal;

    private volatile Profiles profiles = Profiles.NONE;
    private volatile boolean stopped;
    private volatile Listening listening = Listening.NOWHERE;
    private volatile int[] resting = {};

    public Engine(Surroundings surroundings, Plugins plugins, LocalUsers users, EventDispatcher events) {
        this.surroundings = surroundings;
        this.workers = new Workers(surroundings);
        this.directory = new EngineDirectory(workers, ours, switchboard);
        this.plugins = plugins;
        this.dataplanes = new Dataplanes(plugins);
        this.users = users;
        this.pppProviders = new PppProviders(plugins);
        this.events = events;
        this.started = surroundings.clock().instant();
        this.saved = new SavedTunnels(surroundings.states());
        this.journal = new EngineJournal(this, workers, surroundings);
        this.taps = new Taps(surroundings.clock(), name -> workers.post(worker -> worker.directory().tracesChanged(name)));
    }

    // ---- its life

    /**
     * Starts the workers and listens, by what the system block of these profiles says.
     *
     * @throws IllegalStateException if it has been stopped
     */
    public void start(Profiles first) {
        if (stopped) {
            throw new IllegalStateException("the engine has stopped");
        }
        profiles = first;
        switchboard.profilesChanged(first);
        configureDataplanes();
        workers.drive(this, surroundings.workers(system().get(SystemParameters.WORKERS)));
        workers.post(worker -> IntStream.of(resting).forEach(id -> worker.tunnels().letRest(id, worker.nowMillis())));
        listening = Listening.open(workers.all(), system());
        saved.begin(workers.all(), Set.of());
        journal.begin();
    }

    /** What of it outlives the process. */
    public EngineJournal journal() {
        return journal;
    }

    // ---- another object goes on

    /**
     * Stops, and leaves all to another object: no peer, plugin or listener is told anything, nothing is closed.
     *
     * @param version     of this bundle
     * @param sources     what each source says should exist
     * @param descriptors takes the open descriptors
     * @throws IllegalStateException if a worker does not answer: what it has cannot be left, and is not closed either
     */
    public EngineCheckpoint park(String version, List<DesiredState> sources, ParkedDescriptors descriptors) {
        stopped = true;
        journal.leave();
        try {
            return new EngineCheckpoints(this).park(version, sources, callSerial.get(), descriptors);
        } finally {
            stop();
        }
    }

    /** What plugins that come from now on are told before {@link #resume}. */
    public void prepare(Profiles before) {
        profiles = before;
        plugins.configurePools(before.pools());
    }

    /**
     * Goes on where another object was, instead of {@link #start}.
     *
     * @param descriptors what it left open
     * @throws IllegalStateException if that cannot be
     */
    public void resume(EngineCheckpoint before, Profiles same, List<Integer> descriptors) {
        prepare(same);
        started = before.started();
        callSerial.set(before.callSerial());
        switchboard.profilesChanged(same);
        before.draining().ifPresent(limits::drain);
        pppProviders.configure(system(), users.all());
        configureDataplanes();
        EngineCheckpoints checkpoints = new EngineCheckpoints(this);
        try {
            workers.drive(this, surroundings.workers(before.workers().size()));
            checkpoints.resume(before, ours, descriptors);
            listening = Listening.resumed(workers.all().get(0), system());
            saved.begin(workers.all(), before.tunnelIds());
            journal.begin();
        } catch (RuntimeException | Error broken) {
            checkpoints.leaveAgain();
            stop();
            throw broken;
        }
    }

    /**
     * After {@link #resume}: yet another object had gone on from the same checkpoint meanwhile.
     *
     * @param theirs what that one has left, as far as it is known
     */
    public void rewind(Optional<EngineCheckpoint> theirs) {
        workers.post(worker -> List.copyOf(worker.tunnels().all()).forEach(tunnel -> tunnel.rewind(
                theirs.map(left -> left.sessionsOf(tunnel.tunnelId())).orElse(List.of()))));
    }

    /** Says HELLO in each tunnel that is established. */
    public void hello() {
        workers.post(worker -> List.copyOf(worker.tunnels().all()).forEach(LiveTunnel::hello));
    }

    /** Tells every peer that we go; completes when they have acknowledged, or the first retries have ended. */
    public CompletionStage<Void> shutDown() {
        drain(true);
        return workers.everywhere(Worker::shutDown);
    }

    /** Closes every port and ends the workers. */
    public void stop() {
        stopped = true;
        workers.release();
        journal.close();
    }

    public boolean isStopped() {
        return stopped;
    }

    public boolean isStarted() {
        return !workers.all().isEmpty();
    }

    // ---- what is desired

    /** Makes changes true that {@code org.isthmus.core.desired} worked out. */
    public void apply(Profiles changed, List<Change> changes) {
        profiles = changed;
        switchboard.profilesChanged(changed);
        limits.drainAsConfigured();
        pppProviders.configure(system(), users.all());
        List<BlockType> types = changes.stream().map(change -> change.block().type()).toList();
        if (types.contains(Schema.IPPOOL)) {
            plugins.configurePools(profiles.pools());
        }
        if (types.stream().anyMatch(type -> type != Schema.TUNNEL && type != Schema.SESSION)) {
            configureDataplanes();
            workers.post(Worker::profilesChanged);
        }
        ours.change(changes);
        saved.forgetUnclaimed(workers.all());
    }

    /** Makes a tunnel of ours. */
    public void addTunnel(Block block) {
        ours.add(block);
    }

    /** Makes the tunnels of ours that nobody has made so far: the process before this one was killed while they were not up. */
    public void addMissing(List<Block> tunnels) {
        tunnels.stream().filter(block -> !ours.has(block.name())).forEach(ours::add);
    }

    /** Makes a session in a tunnel of ours; false if it has one of that name. */
    public boolean addSession(String tunnel, Block block) {
        return ours.addSession(tunnel, block);
    }

    // ---- what is asked

    /** Its tunnels and sessions. */
    public EngineDirectory directory() {
        return directory;
    }

    /** Which tunnels are traced. */
    public Taps taps() {
        return taps;
    }

    // ---- the data plane

    /** These are there now, the best first: tunnels move to the one that serves them best, none is lost. */
    public synchronized void dataplanes(List<Dataplane> ranked) {
        dataplanes.are(ranked, system());
        workers.post(Worker::dataplaneChanged);
    }

    private synchronized void configureDataplanes() {
        dataplanes.configure(system());
    }

    Dataplanes dataplanes() {
        return dataplanes;
    }

    /** The data plane of tunnels that name none. */
    public Optional<Dataplane> dataplane() {
        return dataplanes.chosen(system());
    }

    // ---- what comes from the version before

    /** Does not lend these for a while: the version before this one has used them. */
    public void letRest(int[] tunnelIds) {
        resting = tunnelIds.clone();
    }

    // ---- limits

    public EngineLimits limits() {
        return limits;
    }

    /** Refuses new tunnels, or takes them again, whatever the file says until it is applied again. */
    public void drain(boolean draining) {
        limits.drain(draining);
        workers.post(worker -> worker.local().resolveAgain()); // what was refused is tried again
    }

    // ---- what the workers share

    public Profiles profiles() {
        return profiles;
    }

    public Settings system() {
        return profiles.system();
    }

    public String hostName() {
        return system().find(SystemParameters.HOST_NAME).orElse(surroundings.hostName());
    }

    public Plugins plugins() {
        return plugins;
    }

    public PppProviders pppProviders() {
        return pppProviders;
    }

    public Quirks quirks() {
        return quirks;
    }

    public EventDispatcher events() {
        return events;
    }

    public CounterTotals totals() {
        return workers.totals();
    }

    /** Where peers are heard; port 0 stands for IP protocol 115. */
    public List<InetSocketAddress> heardOn() {
        return listening.heard();
    }

    Listening listening() {
        return listening;
    }

    List<Worker> workers() {
        return workers.all();
    }

    long callSerial() {
        return callSerial.get();
    }

    public int workerCount() {
        return workers.all().size();
    }

    public Instant started() {
        return started;
    }

    /** The clock of timers. */
    long nowMillis() {
        return surroundings.nowMillis();
    }

    SavedTunnels savedTunnels() {
        return saved;
    }

    /** Who learns of PPP peers. */
    Neighbourhood neighbourhood() {
        return surroundings.neighbourhood();
    }

    StateStore states() {
        return surroundings.states();
    }

    Switchboard switchboard() {
        return switchboard;
    }

    public Instant now() {
        return surroundings.clock().instant();
    }

    ChallengeBook challengeBook() {
        return challengeBook;
    }

    OutstandingRequests outstanding() {
        return outstanding;
    }

    Bundles bundles() {
        return bundles;
    }

    Circuits circuits() {
        return circuits;
    }

    Strays strays() {
        return strays;
    }

    long nextCallSerial() {
        return callSerial.incrementAndGet() & 0xffff_ffffL;
    }

    CompletionStage<InetAddress> resolve(String host) {
        return surroundings.resolve(host);
    }

    LocalUsers users() {
        return users;
    }
}
