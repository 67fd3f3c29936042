package org.isthmus.console;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.AdminException;
import org.isthmus.api.Cause;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.Origin;
import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.SessionState;
import org.isthmus.api.PluginStatus;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.SwitchStatus;
import org.isthmus.api.SystemStatus;
import org.isthmus.api.TracedDatagram;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.TunnelTrace;
import org.isthmus.api.config.ApplyReport;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.DesiredState;
import org.isthmus.api.config.SessionType;
import org.isthmus.api.config.Settings;
import org.isthmus.api.dataplane.SessionDataCounters;

/** An engine that does what a test says and remembers what it was asked. */
final class FakeAdmin implements L2tpAdmin {
    static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    final List<TunnelStatus> tunnels = new ArrayList<>();
    final List<SessionStatus> sessions = new ArrayList<>();
    final List<SwitchStatus> switches = new ArrayList<>();
    final List<PluginStatus> plugins = new ArrayList<>();
    final List<Block> blocks = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    /** What a trace shows before it is interrupted, as by Ctrl-C. */
    final List<TracedDatagram> traced = new ArrayList<>();
    Settings given = Settings.EMPTY;
    TunnelState stateOfNewTunnels = TunnelState.IDLE;
    CompletionStage<Void> deletion = CompletableFuture.completedFuture(null);
    boolean draining;
    boolean restarted;

    static TunnelStatus tunnel(String name, int id, TunnelState state) {
        boolean up = state == TunnelState.ESTABLISHED;
        Cause cause = state == TunnelState.RETRY ? new Cause(true, 6, 0, "the peer is shutting down") : Cause.NONE;
        return new TunnelStatus(name, id, up ? 99 : 0, state, Origin.LOCAL, Optional.empty(),
                Optional.of(new InetSocketAddress(address("192.0.2.1"), 1701)), up ? "lns.example" : "", "", "default", "",
                false, true, up ? 1 : 0, LONG_AGO, up ? Optional.of(Instant.now().minusSeconds(200)) : Optional.empty(),
                Optional.empty(), cause, Map.of("txMessages", 12L, "rxMessages", 0L));
    }

    static SessionStatus session(String tunnel, String name, int id) {
        PppLinkStatus ppp = new PppLinkStatus("network", "alice", "mschapv2", Optional.of(address("10.0.0.1")),
                Optional.of(address("10.0.0.2")), Optional.of(address("fe80::1")), Optional.empty(),
                List.of(address("192.0.2.53")), 1460, 1460);
        return new SessionStatus(name, tunnel, 4711, id, 77, SessionState.ESTABLISHED, SessionType.LAIC, Origin.LOCAL,
                "default", "default", "l2tp0", "", "", 1_000_000, 0, Optional.of(ppp), LONG_AGO,
                Optional.of(Instant.now().minusSeconds(90_000)), Optional.empty(), Cause.NONE,
                new SessionDataCounters(10, 1536, 0, 20, 5_000_000, 0, 0, 0, 0, 0, 3, 0, 0, 0));
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException notLiteral) {
            throw new IllegalArgumentException(notLiteral);
        }
    }

    @Override
    public SystemStatus system() {
        return new SystemStatus("1.0.0", "box", LONG_AGO, List.of(new InetSocketAddress(address("::1"), 1701)), "user",
                2, draining, Map.of(TunnelState.ESTABLISHED, 3L, TunnelState.RETRY, 1L), Map.of(),
                Map.of("rxDatagrams", 5L, "rxMalformed", 0L));
    }

    @Override
    public List<PluginStatus> plugins() {
        return plugins;
    }

    @Override
    public List<SwitchStatus> switches() {
        return switches;
    }

    @Override
    public List<TunnelStatus> tunnels() {
        return tunnels;
    }

    @Override
    public Optional<TunnelStatus> tunnel(String nameOrId) {
        return tunnels.stream().filter(t -> t.name().equals(nameOrId) || nameOrId.equals("" + t.tunnelId())).findFirst();
    }

    @Override
    public List<SessionStatus> sessions() {
        return sessions;
    }

    @Override
    public Optional<SessionStatus> session(String nameOrId) {
        return sessions.stream().filter(s -> s.fullName().equals(nameOrId) || nameOrId.equals("" + s.sessionId()))
                .findFirst();
    }

    @Override
    public List<Block> blocks() {
        return blocks;
    }

    @Override
    public ApplyReport apply(DesiredState state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ApplyReport preview(DesiredState state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TunnelStatus createTunnel(String name, Settings tunnel) throws AdminException {
        if (tunnel(name).isPresent()) {
            throw new AdminException("Tunnel \"" + name + "\" (id 4711) exists already: choose another name.");
        }
        asked.add("create " + name);
        given = tunnel;
        tunnels.add(tunnel(name, 1, stateOfNewTunnels));
        return tunnel(name, 1, stateOfNewTunnels);
    }

    @Override
    public SessionStatus createSession(String tunnel, String name, Settings session) {
        asked.add("create " + tunnel + "/" + name);
        given = session;
        sessions.add(session(tunnel, name, 2));
        return session(tunnel, name, 2);
    }

    @Override
    public CompletionStage<Void> deleteTunnel(String nameOrId, String reason) {
        asked.add("delete " + nameOrId + ": " + reason);
        return deletion;
    }

    @Override
    public CompletionStage<Void> deleteSession(String nameOrId, String reason) {
        asked.add("delete " + nameOrId + ": " + reason);
        return deletion;
    }

    @Override
    public TunnelTrace trace(String nameOrId, boolean withData) {
        asked.add("trace " + nameOrId + (withData ? " with data" : ""));
        return new FakeTrace(nameOrId, traced);
    }

    @Override
    public void hello() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void restart() {
        restarted = true;
    }

    @Override
    public void drain(boolean drain) {
        draining = drain;
    }

    @Override
    public void resetCounters() {
        asked.add("reset");
    }
}
