package org.isthmus.core.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.isthmus.api.AdminException;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.Origin;
import org.isthmus.api.PluginStatus;
import org.isthmus.api.SessionState;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.SwitchStatus;
import org.isthmus.api.SystemStatus;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.TunnelTrace;
import org.isthmus.api.config.ApplyReport;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.DesiredState;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.core.checkpoint.EngineCheckpoint;
import org.isthmus.core.checkpoint.ParkedDescriptors;
import org.isthmus.core.checkpoint.SourceCheckpoint;
import org.isthmus.core.counters.Counter;
import org.isthmus.core.desired.DesiredStates;
import org.isthmus.core.desired.Plan;
import org.isthmus.core.engine.Engine;
import org.isthmus.core.users.LocalUsers;
import org.isthmus.handover.fields.UnreadableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin service. Changes are made by one caller at a time; questions go to the workers and wait for no change. */
final class Admin implements L2tpAdmin {
    /** The source of what {@link #createTunnel} and {@link #createSession} make. */
    private static final String CONSOLE = "console";
    /** For whoever asks for a restart to read the answer. */
    private static final long ANSWER_MILLIS = 300;
    private static final Logger LOG = LoggerFactory.getLogger(Admin.class);

    private final Engine engine;
    private final LocalUsers users;
    private final String version;
    private final DesiredStates states = new DesiredStates();

    Admin(Engine engine, LocalUsers users, String version) {
        this.engine = engine;
        this.users = users;
        this.version = version;
    }

    // ---- what is desired

    @Override
    public synchronized ApplyReport apply(DesiredState state) {
        if (engine.isStopped()) {
            throw new IllegalStateException("the engine has stopped");
        }
        Plan plan = states.plan(state);
        if (plan.accepted()) {
            carryOut(plan);
        }
        return plan.report();
    }

    @Override
    public synchronized ApplyReport preview(DesiredState state) {
        return states.plan(state).report();
    }

    @Override
    public synchronized List<Block> blocks() {
        return states.blocks();
    }

    private void carryOut(Plan plan) {
        users.replace(plan.users());
        if (!engine.isStarted()) {
            engine.start(plan.profiles()); // first: if it fails nothing counts as applied
        }
        states.commit(plan);
        engine.apply(plan.profiles(), plan.changes());
        written();
    }

    // ---- another object goes on

    /** Stops the engine, and leaves all to another object. */
    synchronized EngineCheckpoint park(ParkedDescriptors descriptors) {
        return engine.park(version, states.checkpoint(), descriptors);
    }

    /** What plugins are told that come before {@link #resume}. */
    synchronized void prepare(EngineCheckpoint before) throws UnreadableException {
        List<DesiredState> sources = new ArrayList<>();
        for (SourceCheckpoint source : before.sources()) {
            sources.add(source.toState());
        }
        states.resume(sources);
        users.replace(states.users());
        engine.prepare(states.profiles());
    }

    /** Has the engine go on where another object was, after {@link #prepare}. */
    synchronized void resume(EngineCheckpoint before, List<Integer> descriptors) {
        engine.resume(before, states.profiles(), descriptors);
        engine.addMissing(states.blocks().stream().filter(block -> block.type() == Schema.TUNNEL).toList());
        written();
    }

    private void written() {
        engine.journal().written(version, states.checkpoint(), false);
    }

    /** After {@link #resume}: yet another object had gone on from there meanwhile, and has left this, as far as it is known. */
    void rewind(Optional<EngineCheckpoint> theirs) {
        engine.rewind(theirs);
    }

    // ---- what an administrator makes

    @Override
    public TunnelStatus createTunnel(String name, Settings tunnel) throws AdminException {
        synchronized (this) {
            mayCreate();
            Block block = new Block(Schema.TUNNEL, name, tunnel, List.of(), CONSOLE);
            refuse("tunnel \"" + name + "\" cannot be made", states.problemsOf(block));
            if (!engine.isStarted()) {
                engine.start(states.profiles());
            }
            states.add(CONSOLE, block);
            engine.addTunnel(block);
            written();
        }
        return tunnel(name).orElseThrow(() -> new AdminException("tunnel \"" + name + "\" was deleted meanwhile"));
    }

    private void mayCreate() throws AdminException {
        if (engine.isStopped()) {
            throw new AdminException("the engine has stopped: the appliance is shutting down");
        }
        if (engine.system().get(SystemParameters.DENY_LOCAL_TUNNEL_CREATES)) {
            throw new AdminException("deny_local_tunnel_creates is set in the system block: no tunnel is made by command");
        }
        if (engine.limits().isDraining()) {
            throw new AdminException("the system is draining: no new tunnel is made; use l2tp:drain --off first");
        }
        if (engine.limits().isTunnelLimitReached()) {
            throw new AdminException("max_tunnels of the system block is reached");
        }
    }

    @Override
    public SessionStatus createSession(String tunnel, String name, Settings session) throws AdminException {
        String tunnelName;
        synchronized (this) {
            tunnelName = tunnel(tunnel).map(TunnelStatus::name).orElse(tunnel);
            Block parent = states.tunnel(tunnelName).orElseThrow(() -> new AdminException("there is no tunnel \""
                    + tunnel + "\" of ours to place a session in: l2tp:tunnel-list shows those that there are"));
            Block block = new Block(Schema.SESSION, name, session, List.of(), CONSOLE);
            refuse("session \"" + name + "\" cannot be made", states.problemsOf(block, parent));
            if (!engine.addSession(tunnelName, block)) {
                throw new AdminException("tunnel \"" + tunnelName + "\" has a session \"" + name + "\" already");
            }
            written();
        }
        return session(tunnelName + "/" + name)
                .orElseThrow(() -> new AdminException("session \"" + name + "\" was deleted meanwhile"));
    }

    private static void refuse(String what, List<ApplyReport.Problem> problems) throws AdminException {
        if (!problems.isEmpty()) {
            throw new AdminException(what + ": " + problems.get(0).message());
        }
    }

    @Override
    public CompletionStage<Void> deleteTunnel(String nameOrId, String reason) throws AdminException {
        TunnelStatus found = tunnel(nameOrId).orElseThrow(() -> new AdminException(
                "there is no tunnel \"" + nameOrId + "\": l2tp:tunnel-list shows those that there are"));
        synchronized (this) {
            Optional<String> owner = states.owner(Schema.TUNNEL, found.name());
            owner.ifPresent(source -> states.remove(source, found.name()));
            written();
            return engine.directory().removeTunnel(found.name(), reason);
        }
    }

    @Override
    public CompletionStage<Void> deleteSession(String nameOrId, String reason) throws AdminException {
        SessionStatus found = session(nameOrId).orElseThrow(() -> new AdminException(
                "there is no session \"" + nameOrId + "\", or several: l2tp:session-list shows those that there are,"
                + " name one as tunnel/session"));
        synchronized (this) {
            forget(found);
            written();
        }
        return engine.directory().removeSession(found, reason);
    }

    /** Takes a session out of its tunnel's block, so that the file brings it back when it is applied again. */
    private void forget(SessionStatus session) {
        Optional<String> owner = states.owner(Schema.TUNNEL, session.tunnelName());
        if (owner.isEmpty() || session.origin() != Origin.LOCAL) {
            return;
        }
        Block tunnel = states.tunnel(session.tunnelName()).orElseThrow();
        List<Block> others = tunnel.nested().stream().filter(block -> !block.name().equals(session.name())).toList();
        states.remove(owner.get(), tunnel.name());
        states.add(owner.get(), new Block(tunnel.type(), tunnel.name(), tunnel.settings(), others, tunnel.where()));
    }

    @Override
    public TunnelTrace trace(String nameOrId, boolean withData) throws AdminException {
        TunnelStatus found = tunnel(nameOrId).orElseThrow(() -> new AdminException(
                "there is no tunnel \"" + nameOrId + "\": l2tp:tunnel-list shows those that there are"));
        return engine.taps().begin(found.name(), withData);
    }

    @Override
    public void hello() {
        engine.hello();
    }

    @Override
    public synchronized void drain(boolean draining) {
        engine.drain(draining);
        written();
    }

    @Override
    public void restart() throws AdminException {
        Runnable startAgain = engine.journal().startAgain().orElseThrow(() -> new AdminException("nobody would start the appliance again and keep its"
                + " sessions: start it by the unit of systemd in etc/systemd, or with l2tpd --keeper"));
        LOG.info("the process ends to be started again, as was asked for; tunnels go on");
        CompletableFuture.delayedExecutor(ANSWER_MILLIS, TimeUnit.MILLISECONDS).execute(() -> {
            synchronized (this) {
                engine.journal().written(version, states.checkpoint(), true);
                startAgain.run();
            }
        });
    }

    // ---- questions

    @Override
    public List<TunnelStatus> tunnels() {
        List<TunnelStatus> all = engine.directory().tunnels();
        all.sort(Comparator.comparing(TunnelStatus::name));
        return all;
    }

    @Override
    public Optional<TunnelStatus> tunnel(String nameOrId) {
        return engine.directory().findTunnel(nameOrId);
    }

    @Override
    public List<SessionStatus> sessions() {
        List<SessionStatus> all = engine.directory().sessions();
        all.sort(Comparator.comparing(SessionStatus::tunnelName).thenComparing(SessionStatus::name));
        return all;
    }

    @Override
    public Optional<SessionStatus> session(String nameOrId) {
        int slash = nameOrId.indexOf('/');
        String tunnel = slash < 0 ? "" : nameOrId.substring(0, slash);
        String session = nameOrId.substring(slash + 1);
        List<SessionStatus> found = new ArrayList<>();
        for (SessionStatus status : sessions()) {
            if ((slash < 0 || is(tunnel, status.tunnelName(), status.tunnelId()))
                    && is(session, status.name(), status.sessionId())) {
                found.add(status);
            }
        }
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    @Override
    public List<SwitchStatus> switches() {
        return engine.directory().switches();
    }

    private static boolean is(String wanted, String name, int id) {
        return wanted.equals(name) || (id != 0 && wanted.equals(Integer.toUnsignedString(id)));
    }

    @Override
    public List<PluginStatus> plugins() {
        return engine.plugins().book().status(engine.now());
    }

    @Override
    public SystemStatus system() {
        Map<TunnelState, Long> tunnels = new EnumMap<>(TunnelState.class);
        tunnels().forEach(tunnel -> tunnels.merge(tunnel.state(), 1L, Long::sum));
        Map<SessionState, Long> sessions = new EnumMap<>(SessionState.class);
        sessions().forEach(session -> sessions.merge(session.state(), 1L, Long::sum));
        Map<String, Long> counters = new LinkedHashMap<>(engine.totals().byName());
        counters.merge(Counter.PLUGIN_FAILURES.label(), engine.plugins().book().failures(), Long::sum);
        counters.put(Counter.EVENTS_DROPPED.label(), engine.events().dropped());
        return new SystemStatus(version, engine.hostName(), engine.started(), engine.heardOn(),
                engine.dataplane().map(dataplane -> dataplane.name()).orElse(""), engine.workerCount(),
                engine.limits().isDraining(), tunnels, sessions, counters);
    }

    @Override
    public void resetCounters() {
        engine.totals().reset();
    }
}
