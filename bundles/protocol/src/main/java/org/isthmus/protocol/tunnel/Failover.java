package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.channel.ChannelCheckpoint;
import org.isthmus.protocol.channel.ReliableChannel;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.tunnel.TunnelCheckpoint.Recoveries;
import org.isthmus.protocol.tunnel.TunnelCheckpoint.Recovery;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.SccrqSummary;
import org.isthmus.protocol.wire.StopResult;
import org.isthmus.protocol.wire.SuggestedSequence;
import org.isthmus.protocol.wire.TunnelRecovery;

/**
 * How a control connection is brought back after either end has failed (RFC 4951): by a recovery tunnel, which the end
 * that failed opens, and which shows both ends that they are who they were. Until it is up, nothing of the old tunnel
 * changes: who cannot authenticate has no effect.
 */
final class Failover {

    /** Requests that may wait for their SCCCN; a further one takes the place of the oldest. */
    private static final int MAX_REQUESTS = 4;
    /** A recovery tunnel that came up and is not closed by the end that asked for it. */
    private static final long IDLE_MILLIS = 30_000;
    /** After a tie that both ends lost, and when the recovery tunnel of the peer did not come up. */
    private static final int MAX_PAUSE_MILLIS = 1_000;
    /** The control channel goes on at least so far away from where it was that nothing old is taken for new. */
    private static final int LEAST_JUMP = 0x1000;

    private final ControlConnection connection;
    private final ReliableChannel<?> channel;
    private final TunnelObserver observer;
    private final RandomGenerator random;
    private final Map<Integer, RecoveryTunnel> tunnels = new LinkedHashMap<>();
    /** What the peer was told. */
    private Optional<FailoverCapability> told;
    /** That of this end which failed; null when it did not, or is done. */
    private RecoveryTunnel asking;
    /** When the peer will have given the tunnel up. */
    private long giveUpAt = Deadlines.NEVER;
    private long askAt = Deadlines.NEVER;
    private boolean over;
    private long recoveredAt;

    Failover(ControlConnection connection, ReliableChannel<?> channel, TunnelObserver observer, RandomGenerator random) {
        this.connection = connection;
        this.channel = channel;
        this.observer = observer;
        this.random = random;
        this.told = connection.config().failover();
    }

    Optional<FailoverCapability> told() {
        return told;
    }

    /** Whether both ends said that they can recover the control connection. */
    boolean isPossible() {
        return TunnelSnapshot.isRecoverable(told, connection.peer().flatMap(PeerFacts::failover));
    }

    /** How long a silent peer is waited for. */
    long patienceMillis() {
        return isPossible() ? connection.peer().flatMap(PeerFacts::failover).orElseThrow().recoveryTimeMillis() : 0;
    }

    FailoverStatus status() {
        return new FailoverStatus(isPossible(), isPossible() && channel.isRepeating(), recoveredAt, connection.calls().recovery().unconfirmed());
    }

    boolean isOver() {
        return over;
    }

    long now() {
        return connection.now();
    }

    // Another object goes on

    Recoveries checkpoint() {
        long ago = connection.counters().get(Counter.RECOVERIES) == 0 ? Deadlines.NEVER : now() - recoveredAt;
        return new Recoveries(told, ChannelCheckpoint.in(giveUpAt, now()), ChannelCheckpoint.in(askAt, now()), ago,
                connection.calls().recovery().unconfirmedIds(),
                tunnels.values().stream().map(tunnel -> tunnel.checkpoint(tunnel == asking, now())).toList());
    }

    void resume(Recoveries before) {
        told = before.told();
        giveUpAt = ChannelCheckpoint.at(before.giveUpIn(), now());
        askAt = ChannelCheckpoint.at(before.askIn(), now());
        recoveredAt = before.recoveredAgo() == Deadlines.NEVER ? 0 : now() - before.recoveredAgo();
        over = !connection.state().isOpen();
        for (Recovery recovery : before.tunnels()) {
            RecoveryTunnel tunnel = recovery.asks() ? RecoveryTunnel.asking(this, observer) : RecoveryTunnel.asked(this, observer);
            int id = recovery.tunnel().localId();
            tunnels.put(id, tunnel);
            asking = recovery.current() ? tunnel : asking;
            tunnel.resume(recovery, config(id, recovery.establish(), recovery.tunnel().tieBreaker(), new RecoveryTerms(
                    recovery.old(), recovery.suggests(), connection.peer().orElseThrow())), random, now());
        }
    }

    // The end that failed

    /** Asks for the tunnel back, and goes on until the peer will have given it up. */
    void begin(TunnelSnapshot snapshot, Collection<SessionSnapshot> sessions) {
        told = snapshot.capability();
        connection.learnPeer(snapshot.peer());
        sessions.forEach(session -> connection.calls().recovery().restore(session, now()));
        long recoveryTime = told.map(FailoverCapability::recoveryTimeMillis).orElse(0L);
        giveUpAt = now() + Math.max(recoveryTime, channel.fullCycleMillis());
        ask();
    }

    private void ask() {
        int id = observer.lendTunnelId();
        if (id == 0) {
            fail("no tunnel identifier is left for a recovery tunnel");
            return;
        }
        asking = RecoveryTunnel.asking(this, observer);
        tunnels.put(id, asking);
        TunnelRecovery old = new TunnelRecovery(connection.config().localTunnelId(), connection.remoteId());
        asking.open(config(id, Math.max(1, giveUpAt - now()), OptionalLong.of(random.nextLong()),
                new RecoveryTerms(Optional.of(old), Optional.empty(), connection.peer().orElseThrow())), random, now());
    }

    private void fail(String words) {
        connection.end(CloseCause.of(Kind.FAILOVER, "the tunnel could not be recovered: " + words));
    }

    // The peer of the end that failed

    /** An SCCRQ with a Tunnel Recovery AVP for this tunnel came. False when it has to be refused. */
    boolean requested(ByteBuffer sccrq) {
        for (RecoveryTunnel tunnel : tunnels.values()) {
            if (tunnel.tunnel().isRepeatedRequest(sccrq, now())) {
                tunnel.tunnel().receive(sccrq, now());
                return true;
            }
        }
        SccrqSummary summary = SccrqSummary.of(sccrq).orElse(null);
        if (summary == null || !isForThis(sccrq, summary)) {
            return false;
        }
        if (asking != null && !asking.isUp() && !yields(summary.tieBreaker())) {
            return true;
        }
        makeRoom();
        int id = observer.lendTunnelId();
        if (id == 0) {
            return false;
        }
        RecoveryTunnel asked = RecoveryTunnel.asked(this, observer);
        tunnels.put(id, asked);
        asked.accept(sccrq, config(id, channel.fullCycleMillis(), OptionalLong.empty(),
                new RecoveryTerms(Optional.empty(), Optional.of(suggestion()), connection.peer().orElseThrow())), random,
                now());
        return true;
    }

    private boolean isForThis(ByteBuffer sccrq, SccrqSummary summary) {
        TunnelRecovery recovers = summary.recovers().orElse(null);
        boolean up = connection.state() == TunnelState.ESTABLISHED || connection.state() == TunnelState.RECOVERING;
        return up && isPossible() && recovers != null && recovers.tunnelId() == connection.remoteId()
                && recovers.remoteTunnelId() == connection.config().localTunnelId()
                && Datagram.version(sccrq) == connection.version();
    }

    /** Both ends failed, and both ask: the tie breakers decide, among these two alone. */
    private boolean yields(OptionalLong theirs) {
        TieBreaker decision = TieBreaker.decide(asking.tunnel().config().tieBreaker(), theirs);
        if (decision == TieBreaker.OURS_WINS) {
            return false;
        }
        asking.tunnel().loseTie(now());
        return decision == TieBreaker.THEIRS_WINS;
    }

    private void makeRoom() {
        List<RecoveryTunnel> waiting = tunnels.values().stream().filter(t -> !t.asks() && !t.isUp() && !t.isOver()).toList();
        if (waiting.size() >= MAX_REQUESTS) {
            waiting.get(0).tunnel().abandon("another request to recover the same tunnel came", now());
        }
    }

    /** Where the end that failed goes on: not where anything of before could fit in, and not to be guessed. */
    private SuggestedSequence suggestion() {
        return new SuggestedSequence(jump(channel.nr()), jump(channel.ns()));
    }

    private int jump(int from) {
        return from + LEAST_JUMP + random.nextInt(0x10000 - 2 * LEAST_JUMP) & 0xffff;
    }

    // Both

    private TunnelConfig config(int id, long establishMillis, OptionalLong tieBreaker, RecoveryTerms terms) {
        TunnelConfig config = connection.config();
        return config.toBuilder().localTunnelId(id).version(connection.version())
                .v3(config.v3().withFallback(false)).tieBreaker(tieBreaker).role(Role.LAC).takeOutgoingCalls(false)
                .maxRetries(terms.asks().isPresent() ? TunnelConfigBuilder.MOST_RETRIES : config.maxRetries())
                .establishTimeoutMillis(establishMillis).helloIntervalMillis(0)
                .idleTimeoutMillis(terms.asks().isPresent() ? 0 : IDLE_MILLIS)
                .failover(Optional.empty()).recovery(terms).build();
    }

    /** Takes a datagram that is for one of the recovery tunnels, or that a tunnel which is not recovered yet must not read. */
    boolean receive(ByteBuffer datagram) {
        RecoveryTunnel tunnel = Datagram.kind(datagram).isControl() ? tunnels.get(Datagram.tunnelId(datagram)) : null;
        if (tunnel == null) {
            return connection.state() == TunnelState.RECOVERING;
        }
        tunnel.tunnel().receive(datagram, now());
        confirm();
        return true;
    }

    /** A recovery tunnel is up: the tunnel goes on. */
    void recovered(RecoveryTunnel by) {
        asking = by.asks() ? by : null;
        for (RecoveryTunnel other : new ArrayList<>(tunnels.values())) {
            if (other != by && !other.isOver()) {
                other.tunnel().abandon("another recovery tunnel came up", now());
            }
        }
        giveUpAt = by.asks() ? giveUpAt : Deadlines.NEVER;
        askAt = Deadlines.NEVER;
        recoveredAt = now();
        connection.counters().count(Counter.RECOVERIES);
        connection.calls().recovery().clearUnestablished(now());
        SuggestedSequence sequence = by.sequence();
        channel.peerWindow(by.tunnel().peer().orElseThrow().receiveWindowSize());
        channel.reset(sequence.ns(), sequence.nr(), !by.asks());
        connection.dialect().adopt(by.tunnel().connection().dialect());
        connection.reestablish(by.asks());
        channel.flush(now());
    }

    /** The peer has our SCCCN, and has reset its end: now it can be spoken to, and the recovery tunnel is of no more use. */
    private void confirm() {
        if (asking != null && asking.isConfirmed()) {
            RecoveryTunnel done = asking;
            asking = null;
            done.close(connection.config().maxRetries(), now());
            resume();
        }
    }

    private void resume() {
        giveUpAt = Deadlines.NEVER;
        channel.activate(now());
        channel.flush(now());
    }

    void ended(RecoveryTunnel tunnel, CloseCause cause) {
        if (over) {
            return;
        }
        boolean ours = tunnel == asking;
        if (ours) {
            asking = null;
        }
        if (ours && tunnel.isUp() && isDone(cause)) {
            resume();
        } else if (ours && cause.kind() != Kind.TIE_BREAKER) {
            fail(cause.words());
        } else if (connection.state() == TunnelState.RECOVERING) {
            askAt = now() + random.nextInt(MAX_PAUSE_MILLIS);
        }
    }

    /** Either end may close a recovery tunnel once it has served. */
    private static boolean isDone(CloseCause cause) {
        return cause.kind() == Kind.PEER && cause.result().filter(r -> r.result() == StopResult.CLEAR.code()).isPresent();
    }

    void finished(int id) {
        if (tunnels.remove(id) != null) {
            observer.returnTunnelId(id);
        }
    }

    /** The tunnel is no more: nothing is brought back. */
    void over() {
        over = true;
        giveUpAt = Deadlines.NEVER;
        askAt = Deadlines.NEVER;
        for (RecoveryTunnel tunnel : new ArrayList<>(tunnels.values())) {
            tunnel.tunnel().abandon("the tunnel to be recovered ended", now());
        }
        // Those that only acknowledged duplicates.
        List.copyOf(tunnels.keySet()).forEach(this::finished);
    }

    void timeout() {
        for (RecoveryTunnel tunnel : new ArrayList<>(tunnels.values())) {
            if (!over) {
                tunnel.tunnel().timeout(now());
            }
        }
        confirm();
        if (askAt <= now()) {
            askAt = Deadlines.NEVER;
            if (tunnels.values().stream().allMatch(RecoveryTunnel::isOver)) {
                ask();
            }
        }
        if (giveUpAt <= now()) {
            fail("the peer did not answer in time");
        }
    }

    long nextTimeoutMillis() {
        long next = Math.min(giveUpAt, askAt);
        for (RecoveryTunnel tunnel : tunnels.values()) {
            next = Math.min(next, tunnel.tunnel().nextTimeoutMillis());
        }
        return next;
    }
}
