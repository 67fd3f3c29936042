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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.tunnel.ChallengeBook;
import org.isthmus.protocol.tunnel.IdPool;
import org.isthmus.protocol.tunnel.TieBreaker;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.isthmus.protocol.tunnel.TunnelConfigBuilder;
import org.isthmus.protocol.tunnel.TunnelState;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.SccrqSummary;

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
    private IdPool ids;
    /** Of version 3, shared by all tunnels. */
    private IdPool sessionIds;
    private TunnelConfigBuilder template;
    private boolean answersCalls = true;
    private boolean down;
    private int crashes;

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

    /** All is forgotten at once, and nobody is told. */
    public void crash() {
        world.trace(() -> name + " crashes");
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
            Watch watch = tunnels.get(id);
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
