package org.isthmus.core.simulator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.auth.Authenticator;
import org.isthmus.api.config.ApplyReport;
import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.core.admin.AdminDoor;
import org.isthmus.core.checkpoint.EngineCheckpoint;
import org.isthmus.core.engine.Engine;
import org.isthmus.core.engine.Plugins;
import org.isthmus.core.engine.Surroundings;
import org.isthmus.core.engine.Worker;
import org.isthmus.core.event.EventDispatcher;
import org.isthmus.core.event.EventDoor;
import org.isthmus.core.journal.Journal;
import org.isthmus.core.journal.Remains;
import org.isthmus.core.plugin.PluginBook;
import org.isthmus.core.users.LocalUsers;
import org.isthmus.handover.Parcel;
import org.isthmus.handover.fields.UnreadableException;

/** A whole engine in the world: its workers, plugins, admin service and what it told. */
public final class Appliance implements Surroundings {
    private final World world;
    private final String name;
    private final int workerCount;
    private final List<InetAddress> addresses;
    private final SimNetwork network;
    private final List<Worker> workers = new ArrayList<>();
    private final LocalUsers users = new LocalUsers();
    private Plugins plugins;
    private final EventDispatcher dispatcher = new EventDispatcher(65_536);
    private final EventLog events = new EventLog();
    private final SimPool pool;
    private final SimStates states;
    private final SimNeighbourhood neighbourhood = new SimNeighbourhood();
    SimJournal journal = new SimJournal();
    final List<SimJournal> journals = new ArrayList<>();
    private Engine engine;
    private L2tpAdmin admin;
    private int handOvers;
    private SimDataplane dataplane;
    private List<Dataplane> dataplanes = List.of();
    private final Thread nobody = new Thread(() -> { }, "nobody");
    private boolean turning;
    private boolean dead;

    public Appliance(World world, String name, int workerCount, String... addresses) {
        this(world, name, workerCount, List.of(addresses).stream().map(Appliance::address).toList(), new SimStates());
    }

    private Appliance(World world, String name, int workerCount, List<InetAddress> addresses, SimStates states) {
        this.world = world;
        this.name = name;
        this.plugins = new Plugins(new PluginBook(world::now), new SimPluginThreads(world));
        this.workerCount = workerCount;
        this.addresses = addresses;
        this.states = states;
        this.network = new SimNetwork(world, this, this.addresses);
        this.pool = new SimPool(world);
        this.engine = new Engine(this, plugins, users, dispatcher);
        this.admin = AdminDoor.of(engine, users);
        this.dataplane = new SimDataplane(world, "sim");
        dispatcher.add(events, plugins.book().of(events));
        plugins.authenticators(List.<Authenticator>of(users));
        plugins.pools(List.of(pool));
        dataplanes(List.of(dataplane));
        world.add(this);
    }

    // ---- what a test does with it

    /** Applies a file that must be accepted. */
    public ApplyReport apply(String text) {
        ApplyReport report = admin.apply(Conf.file(text));
        if (!report.accepted()) {
            throw new AssertionError(report.problems().toString());
        }
        return report;
    }

    /** Everything stops at once; nobody is told. */
    public void kill() {
        dead = true;
        network.disappear();
        world.trace(() -> name + " is killed");
    }

    /** Starts again after {@link #kill}, with nothing but what it has kept. */
    public Appliance startAgain() {
        return new Appliance(world, name, workerCount, addresses, states);
    }

    /** Somebody else on the machine has a UDP port. */
    public void takePort(int port) {
        network.takePort(port);
    }

    /** A new version of the engine goes on where the old one was, after a while in which datagrams wait. */
    public Parcel handOver(long pauseMillis) {
        world.trace(() -> name + " gets a new engine");
        Parcel parcel = AdminDoor.leave(admin);
        goOn(parcel, pauseMillis);
        return parcel;
    }

    /** A new version that went on from this parcel turns out to be faulty: the one before goes on from there again. */
    public void goBack(Parcel parcel, long pauseMillis) {
        world.trace(() -> name + " gets its former engine back");
        Parcel theirs = AdminDoor.leave(admin);
        goOn(parcel, pauseMillis);
        AdminDoor.rewind(admin, theirs);
    }

    private void goOn(Parcel parcel, long pauseMillis) {
        handOvers++;
        begin(parcel, pauseMillis);
    }

    private void begin(Parcel parcel, long pauseMillis) {
        plugins = new Plugins(new PluginBook(world::now), new SimPluginThreads(world));
        engine = new Engine(this, plugins, users, dispatcher);
        admin = AdminDoor.of(engine, users);
        AdminDoor.prepare(admin, parcel);
        plugins.authenticators(List.<Authenticator>of(users));
        plugins.pools(List.of(pool));
        engine.dataplanes(dataplanes);
        world.runFor(pauseMillis);
        AdminDoor.goOn(admin, parcel);
    }

    /** Its process is killed, and another one goes on, after a while in which datagrams wait. */
    public void restart(long pauseMillis) {
        world.trace(() -> name + " is killed, and its process started again");
        Map<String, Integer> sockets = network.leaveAll();
        workers.clear();
        dataplanes.forEach(left -> ((SimDataplane) left).leaveAll());
        pool.forget();
        Remains remains = new Remains(sockets);
        Parcel parcel;
        try {
            EngineCheckpoint before = remains.read(journal.committed(), journals.stream().map(SimJournal::committed).toList());
            parcel = AdminDoor.leave(before, remains.used().stream().map(sockets::get).toList());
        } catch (UnreadableException broken) {
            throw new AssertionError(broken);
        }
        handOvers++;
        begin(parcel, pauseMillis);
        network.closeLeft();
    }

    /** Its sockets as they are kept, by their names. */
    Map<String, Integer> sockets() {
        return network.kept();
    }

    /** How often a new version took over. */
    int handOvers() {
        return handOvers;
    }

    @Override
    public SimStates states() {
        return states;
    }

    @Override
    public Optional<Journal> journal() {
        journal = new SimJournal();
        return Optional.of(journal);
    }

    @Override
    public Optional<Journal> journal(int worker) {
        SimJournal empty = new SimJournal();
        if (worker == journals.size()) {
            journals.add(empty);
        } else {
            journals.set(worker, empty);
        }
        return Optional.of(empty);
    }

    @Override
    public SimNeighbourhood neighbourhood() {
        return neighbourhood;
    }

    /** Another data plane takes over. */
    public SimDataplane swapDataplane(String newName) {
        dataplane = new SimDataplane(world, newName);
        dataplanes(List.of(dataplane));
        return dataplane;
    }

    public void removeDataplane() {
        dataplanes(List.of());
    }

    private void dataplanes(List<Dataplane> all) {
        dataplanes = all;
        engine.dataplanes(all);
    }

    public L2tpAdmin admin() {
        return admin;
    }

    public Engine engine() {
        return engine;
    }

    public Plugins plugins() {
        return plugins;
    }

    public LocalUsers users() {
        return users;
    }

    public EventDispatcher dispatcher() {
        return dispatcher;
    }

    public SimDataplane dataplane() {
        return dataplane;
    }

    public SimPool pool() {
        return pool;
    }

    public InetAddress address() {
        return addresses.get(0);
    }

    public List<Worker> workers() {
        return workers;
    }

    int openPorts() {
        return network.openPorts();
    }

    /** What listeners were told. */
    public EventLog events() {
        EventDoor.deliver(dispatcher);
        return events;
    }

    public TunnelStatus tunnel(String nameOrId) {
        return admin.tunnel(nameOrId).orElseThrow(() -> new AssertionError(
                name + " has no tunnel " + nameOrId + ", only " + admin.tunnels()));
    }

    public SessionStatus session(String nameOrId) {
        return admin.session(nameOrId).orElseThrow(() -> new AssertionError(
                name + " has no session " + nameOrId + ", only " + admin.sessions()));
    }

    public long counter(String label) {
        Long value = admin.system().counters().get(label);
        if (value == null) {
            throw new AssertionError("no counter " + label);
        }
        return value;
    }

    // ---- time

    long turn() {
        if (dead) {
            return Long.MAX_VALUE;
        }
        long next = Long.MAX_VALUE;
        for (Worker worker : List.copyOf(workers)) {
            inTurn(worker, () -> turn(worker));
            long idle = worker.idleMillis();
            next = Math.min(next, idle == Long.MAX_VALUE ? idle : world.now() + idle);
        }
        EventDoor.deliver(dispatcher);
        return next;
    }

    private void turn(Worker worker) {
        int rounds = 0;
        do {
            worker.turn(world.now());
            if (++rounds > 10_000) {
                throw new AssertionError(name + ": worker " + worker.index() + " spins");
            }
        } while (worker.idleMillis() == 0);
    }

    /** Does something as the worker's own thread would. */
    void inTurn(Worker worker, Runnable what) {
        boolean outermost = !turning;
        turning = true;
        worker.driveBy(Thread.currentThread(), network.of(worker), () -> { });
        what.run();
        worker.driveBy(nobody, network.of(worker), () -> wakeUp(worker));
        turning = !outermost;
    }

    /** A task was posted: from outside it is done at once, from a worker's turn when the other's turn comes. */
    private void wakeUp(Worker worker) {
        if (!turning && !dead && workers.contains(worker)) {
            inTurn(worker, () -> turn(worker));
        }
    }

    // ---- Surroundings

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(world.now());
            }
        };
    }

    @Override
    public long nowMillis() {
        return world.now();
    }

    @Override
    public RandomGenerator random() {
        return world.random().split();
    }

    @Override
    public String hostName() {
        return name;
    }

    @Override
    public int workers(int wanted) {
        return workerCount;
    }

    @Override
    public void drive(Worker worker) {
        workers.add(worker);
        inTurn(worker, () -> { });
    }

    @Override
    public void release(Worker worker) {
        inTurn(worker, () -> {
            worker.end();
            worker.closePorts();
        });
        workers.remove(worker);
    }

    @Override
    public CompletionStage<InetAddress> resolve(String host) {
        CompletableFuture<InetAddress> answer = new CompletableFuture<>();
        world.after(1, () -> {
            if (host.endsWith(".invalid")) {
                answer.completeExceptionally(new UnknownHostException(host + ": name or service not known"));
            } else {
                answer.complete(address(host));
            }
        });
        return answer;
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
