package org.isthmus.protocol.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.tunnel.ChallengeBook;
import org.isthmus.protocol.tunnel.IdPool;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionSnapshot;
import org.isthmus.protocol.tunnel.TieBreaker;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.isthmus.protocol.tunnel.TunnelConfigBuilder;
import org.isthmus.protocol.tunnel.TunnelSnapshot;
import org.isthmus.protocol.tunnel.TunnelState;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.SccrqSummary;
import org.isthmus.protocol.wire.StopResult;

/** One appliance in miniature: finds the tunnel for a datagram, answers SCCRQs, drives timers. */
public final class Host {

    static final byte[] SECRET = "simulated".getBytes(StandardCharsets.UTF_8);
    private static final long ID_REST_MILLIS = 300_000;

    private final World world;
    private final String name;
    private final int index;
    private final RandomGenerator random;
    private ChallengeBook book = new ChallengeBook();
    private final Map<Integer, Watch> tunnels = new HashMap<>();
    /** Every tunnel there ever was, for what a test wants to know of it. */
    private final List<Watch> history = new ArrayList<>();
    /** Identifiers of recovery tunnels. */
    private final Map<Integer, Watch> recoveries = new HashMap<>();
    private IdPool ids;
    /** Of version 3, shared by all tunnels. */
    private IdPool sessionIds;
    private TunnelConfigBuilder template;
    private boolean answersCalls = true;
    private boolean down;
    private int crashes;
    private int recoverable;

    Host(World world, String name, int index) {
        this.world = world;
        this.name = name;
        this.index = index;
        this.random = world.random().split();
        this.ids = new IdPool(random, ID_REST_MILLIS);
        this.sessionIds = new IdPool(random, ID_REST_MILLIS);
        this.template = TunnelConfig.builder().hostName(name).challengeBook(book).sessionIds(sessionIds);
    }

    public String name() {
        return name;
    }

    /** For captures: 10.0.0.1 is the first host. */
    InetSocketAddress address(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) (1 + index)}), port);
        } catch (UnknownHostException never) {
            throw new IllegalStateException(never);
        }
    }

    int crashes() {
        return crashes;
    }

    RandomGenerator random() {
        return random;
    }

    World world() {
        return world;
    }

    /** What every tunnel of this host is configured with. */
    public TunnelConfigBuilder template() {
        return template;
    }

    /** Whether calls are accepted; otherwise they wait for the test to decide. */
    public void answersCalls(boolean value) {
        answersCalls = value;
    }

    boolean answersCalls() {
        return answersCalls;
    }

    public Collection<Watch> tunnels() {
        return tunnels.values();
    }

    public List<Watch> history() {
        return history;
    }

    public Watch open(Host peer) {
        int id = ids.lend(world.now());
        Watch watch = new Watch(this, peer);
        tunnels.put(id, watch);
        history.add(watch);
        watch.started(Tunnel.open(template.localTunnelId(id).build(), watch, random, world.now()));
        return watch;
    }

    /** All is forgotten at once, and nobody is told; but what was kept is there again after so many milliseconds. */
    void crashKeepingState(long downMillis) {
        List<Kept> kept = tunnels.values().stream().filter(w -> w.tunnel().failover().capable())
                .sorted(Comparator.comparingInt(w -> w.tunnel().localId())).map(Kept::of).flatMap(Optional::stream).toList();
        crash();
        recoverable += kept.size();
        down(true);
        int crash = crashes;
        world.after(downMillis, () -> {
            // A crash in the meantime has cost what was kept.
            if (crash == crashes) {
                down(false);
                kept.forEach(this::recover);
            }
        });
    }

    private void recover(Kept kept) {
        if (!ids.take(kept.tunnel().localId(), world.now())) {
            return;
        }
        Watch watch = new Watch(this, kept.peer());
        tunnels.put(kept.tunnel().localId(), watch);
        history.add(watch);
        watch.recovers(kept.sessions().size());
        watch.started(Tunnel.recover(kept.tunnel(), kept.sessions(), template.localTunnelId(kept.tunnel().localId()).build(),
                watch, random, world.now()));
    }

    /** What of a tunnel outlives a crash. */
    private record Kept(Host peer, TunnelSnapshot tunnel, List<SessionSnapshot> sessions) {

        static Optional<Kept> of(Watch watch) {
            return watch.tunnel().snapshot().map(t -> new Kept(watch.peer(), t, watch.tunnel().sessions().stream()
                    .map(Session::snapshot).flatMap(Optional::stream).toList()));
        }
    }

    int recoverable() {
        return recoverable;
    }

    int lendRecoveryId(Watch watch) {
        int id = ids.lend(world.now());
        recoveries.put(id, watch);
        return id;
    }

    void returnRecoveryId(int id) {
        recoveries.remove(id);
        ids.giveBack(id, world.now());
    }

    /** All is forgotten at once, and nobody is told. */
    public void crash() {
        world.trace(() -> name + " crashes");
        recoveries.clear();
        crashes++;
        tunnels.values().forEach(Watch::dead);
        tunnels.clear();
        ids = new IdPool(random, ID_REST_MILLIS);
        sessionIds = new IdPool(random, ID_REST_MILLIS);
        book = new ChallengeBook();
        template.sessionIds(sessionIds).challengeBook(book);
    }

    /** A host that is down hears nothing, and nothing is asked of it. */
    void down(boolean value) {
        world.trace(() -> name + (value ? " is down" : " is back"));
        down = value;
    }

    boolean isDown() {
        return down;
    }

    void receive(Host from, ByteBuffer datagram) {
        if (down || !Datagram.kind(datagram).isControl()) {
            return;
        }
        int id = Datagram.tunnelId(datagram);
        if (id != 0) {
            Watch watch = tunnels.getOrDefault(id, recoveries.get(id));
            if (watch != null && watch.peer() == from) {
                watch.receive(datagram);
            }
            return;
        }
        Optional<SccrqSummary> summary = SccrqSummary.of(datagram);
        if (summary.isPresent()) {
            requested(from, datagram, summary.get());
        }
    }

    private void requested(Host from, ByteBuffer datagram, SccrqSummary summary) {
        if (summary.recovers().isPresent()) {
            Watch old = tunnels.get(summary.recovers().get().remoteTunnelId());
            if (old == null || old.peer() != from || !old.takeRecovery(datagram)) {
                Tunnel.refuse(datagram, ResultCode.of(StopResult.NOT_AUTHORIZED, ""), template.localTunnelId(1).build(), random,
                        refusal -> world.send(this, from, refusal));
            }
            return;
        }
        for (Watch watch : tunnels.values()) {
            if (watch.peer() == from && watch.tunnel().isRepeatedRequest(datagram, world.now())) {
                watch.receive(datagram);
                return;
            }
        }
        for (Watch watch : List.copyOf(tunnels.values())) {
            Tunnel ours = watch.tunnel();
            if (watch.peer() == from && ours.state() == TunnelState.WAIT_CTL_REPLY) {
                TieBreaker decision = TieBreaker.decide(ours.config().tieBreaker(), summary.tieBreaker());
                world.trace(() -> name + ": tie, " + decision);
                if (decision == TieBreaker.THEIRS_WINS || decision == TieBreaker.BOTH_LOSE) {
                    ours.loseTie(world.now());
                }
                if (decision == TieBreaker.OURS_WINS || decision == TieBreaker.BOTH_LOSE) {
                    return;
                }
            }
        }
        int id = ids.lend(world.now());
        Watch watch = new Watch(this, from);
        tunnels.put(id, watch);
        history.add(watch);
        watch.started(Tunnel.accept(datagram, template.localTunnelId(id).build(), watch, random, world.now()));
    }

    void finished(Watch watch, int id) {
        tunnels.remove(id, watch);
        ids.giveBack(id, world.now());
    }

    /** No tunnel, identifier or challenge is left. */
    public void assertNothingLeft() {
        assertTrue(recoveries.isEmpty(), () -> name + " still recovers " + recoveries.values());
        assertTrue(tunnels.isEmpty(), () -> name + " still has " + tunnels.values());
        assertEquals(0, ids.lent(), name + ": tunnel identifiers lent");
        assertEquals(0, sessionIds.lent(), name + ": session identifiers lent");
        assertEquals(0, book.size(), name + ": challenges outstanding");
    }

    @Override
    public String toString() {
        return name;
    }
}
