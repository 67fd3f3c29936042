package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.TunnelState.ESTABLISHED;
import static org.isthmus.protocol.tunnel.TunnelState.FINISHED;
import static org.isthmus.protocol.tunnel.TunnelState.WAIT_CTL_REPLY;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.channel.ChannelListener;
import org.isthmus.protocol.channel.ReliableChannel;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.Decoded;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.Rejection;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.SccrqSummary;
import org.isthmus.protocol.wire.StopResult;
import org.isthmus.protocol.wire.VendorAvp;

/** The state machine of a {@link Tunnel}: its states and its timers; how it ends is in {@link TunnelEnd}. */
final class ControlConnection implements ChannelListener<Decoded> {

    private final Tunnel tunnel;
    private final TunnelObserver observer;
    private final TunnelCounters counters = new TunnelCounters();
    private final ReliableChannel<Decoded> channel;
    private final Calls calls;
    private final Dialect dialect;
    private final Deadlines deadlines;
    private final Reception reception;
    private final TunnelStateTable stateTable;
    private final Failover failover;
    private final TunnelEnd end;
    private final Checkpoints checkpoints;

    private TunnelConfig config;
    private TunnelState state;
    private int remoteId;
    private Optional<PeerFacts> peer = Optional.empty();
    /** The time of the call that is going on. */
    private long now;

    ControlConnection(Tunnel tunnel, TunnelConfig config, TunnelObserver observer, RandomGenerator random,
            TunnelState state, ByteBuffer request, long nowMillis) {
        this.tunnel = tunnel;
        this.config = config;
        this.observer = observer;
        this.state = state;
        this.now = nowMillis;
        this.calls = new Calls(this, observer, counters, random);
        this.dialect = new Dialect(this, config, counters, random);
        boolean originator = state == WAIT_CTL_REPLY;
        this.channel = new ReliableChannel<>(config.channel(), originator ? 0 : 1, originator, this);
        this.channel.acknowledgement(dialect.messages().acknowledgement());
        this.deadlines = new Deadlines(this, channel, random, nowMillis);
        this.stateTable = new TunnelStateTable(this, counters);
        this.failover = new Failover(this, channel, observer, random);
        this.reception = new Reception(this, channel, counters, deadlines, request);
        this.end = new TunnelEnd(this, channel, deadlines, observer);
        this.checkpoints = new Checkpoints(this, channel, deadlines, reception, observer, end.linger());
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    void resumePeer(Optional<PeerFacts> facts, int id) {
        peer = facts;
        remoteId = id;
        channel.patience(failover.patienceMillis());
    }

    void request() {
        send(MessageType.SCCRQ, 0, dialect.setup().sccrq());
        channel.acknowledgement(dialect.messages().acknowledgement());
        flush();
    }

    void answer(ByteBuffer sccrq) {
        counters.countDatagram(sccrq.remaining());
        switch (dialect.answer(sccrq)) {
            case NOT_AUTHENTIC -> {
                counters.count(Counter.DIGEST_FAILED);
                end(CloseCause.of(Kind.AUTHENTICATION, "the digest of the SCCRQ is wrong: the secrets may differ"));
            }
            case OTHER_VERSION -> {
                counters.count(Counter.WRONG_VERSION);
                learnRemoteId(SccrqSummary.of(sccrq).map(SccrqSummary::assignedTunnelId).orElse(0));
                refuse(VersionRefusal.notConfigured(dialect.version()), sccrq.remaining());
            }
            default -> dialect.setup().answer(sccrq);
        }
    }

    /** As originator: the peer answered in version 2. */
    void fallBack() {
        dialect.fallBack();
        channel.acknowledgement(dialect.messages().acknowledgement());
    }

    void receive(ByteBuffer datagram) {
        if (state != FINISHED && !failover.receive(datagram)) {
            reception.receive(datagram, now);
        }
        flush();
    }

    boolean isRepeatedRequest(ByteBuffer sccrq, long nowMillis) {
        return reception.isRepeatedRequest(sccrq, nowMillis);
    }

    void dataSeen(long nowMillis) {
        deadlines.heard(nowMillis);
    }

    @Override
    public void deliver(Decoded decoded) {
        if (!state.isOpen()) {
            return;
        }
        if (decoded instanceof ControlMessage message) {
            counters.countReceived(message);
            observer.received(message);
            if (state.isOpen()) {
                stateTable.received(message, now);
            }
        } else {
            stateTable.rejected((Rejection) decoded, now);
        }
    }

    // Time

    void timeout() {
        if (deadlines.linger() <= now) {
            end.finish();
        }
        failover.timeout();
        if (state == FINISHED) {
            return;
        }
        channel.timeout(now);
        calls.timeout(now);
        if (deadlines.setup() <= now) {
            closeWith(CloseCause.of(Kind.TIMEOUT, ResultCode.of(StopResult.CLEAR, "not established in time"),
                    "not established in time: still " + state));
        }
        if (deadlines.hello() <= now) {
            send(MessageType.HELLO, dialect.messages().hello());
            deadlines.jitter();
        }
        if (deadlines.idle() <= now) {
            closeWith(CloseCause.of(Kind.IDLE, ResultCode.of(StopResult.CLEAR, "idle"),
                    "no session for " + config.idleTimeoutMillis() / 1000 + " s"));
        }
        flush();
    }

    long nextTimeoutMillis() {
        return state == FINISHED ? Deadlines.NEVER : Math.min(Math.min(deadlines.next(), failover.nextTimeoutMillis()),
                Math.min(channel.nextTimeoutMillis(), calls.nextTimeoutMillis()));
    }

    /** The time of the call that is going on. */
    long now() {
        return now;
    }

    /** Sets the time of the call that is going on. */
    void clock(long nowMillis) {
        now = nowMillis;
    }

    // Sending

    SessionMessages sessionMessages() {
        return dialect.messages().sessions();
    }

    void send(MessageType type, byte[] message) {
        send(type, message, () -> { });
    }

    /** Queues a message that may have AVPs of vendors with it. */
    void send(MessageType type, int sessionId, byte[] message) {
        send(type, VendorAvp.append(message, observer.added(type, sessionId)));
    }

    /** Queues a message; a tunnel whose peer lets the queue run full is closed. */
    void send(MessageType type, byte[] message, Runnable acknowledged) {
        if (!state.isOpen()) {
            return;
        }
        if (channel.send(message, type.name(), acknowledged)) {
            counters.countSent(type);
            return;
        }
        counters.count(Counter.QUEUE_FULL);
        closeWith(CloseCause.of(Kind.LIMIT, ResultCode.ofTunnel(ErrorCode.NO_RESOURCES, "send queue full"),
                "the peer acknowledges too slowly: " + config.sendQueueLimit() + " messages are waiting"));
    }

    void flush() {
        channel.flush(now);
    }

    @Override
    public void transmit(ByteBuffer datagram, Sending sending) {
        dialect.sign(datagram.array());
        counters.countTransmitted(datagram.remaining(), sending);
        if (sending == Sending.PROBE) {
            observer.sendProbe(datagram);
        } else {
            observer.send(datagram);
        }
    }

    /** Sends a HELLO as a probe of the path, see {@link Tunnel#probe}. */
    boolean probe(int octets) {
        boolean sent = state == ESTABLISHED && channel.probe(dialect.messages().hello(), dialect.messages().hello(octets),
                MessageType.HELLO.name(), new PathProbe(tunnel, observer), now);
        if (sent) {
            counters.countSent(MessageType.HELLO);
        }
        return sent;
    }

    /** Sends a HELLO now. */
    void hello() {
        if (state == ESTABLISHED) {
            send(MessageType.HELLO, dialect.messages().hello());
        }
    }

    /** Another object has gone on from the same checkpoint meanwhile, see {@link Tunnel#rewind}. */
    void rewind(List<SessionCheckpoint> theirs) {
        hello(); // last in the queue: it does no harm if the peer takes it for a message that it has
        channel.rewind();
        calls.disown(theirs);
    }

    /** Sends the SCCRP once, with AVPs of vendors if it may be so large; it is repeated only when the SCCRQ is. */
    void reply(byte[] sccrp, int budgetBytes) {
        byte[] longer = VendorAvp.append(sccrp, observer.added(MessageType.SCCRP, 0));
        send(MessageType.SCCRP, longer.length > budgetBytes && !config.allowReplyOverBudget() ? sccrp : longer);
        reception.replied(now);
        channel.repeatFirst();
    }

    Optional<Session> place(Supplier<Optional<Session>> call) {
        Optional<Session> session = state.isOpen() ? call.get() : Optional.empty();
        flush();
        return session.filter(s -> s.state() != SessionState.CLOSED);
    }

    // Coming up

    void learnPeer(PeerFacts facts) {
        peer = Optional.of(facts);
        learnRemoteId(facts.assignedTunnelId());
        channel.peerWindow(facts.receiveWindowSize());
        channel.patience(failover.patienceMillis());
    }

    void learnRemoteId(int id) {
        remoteId = id;
        dialect.messages().peerTunnelId(id);
        channel.acknowledgement(dialect.messages().acknowledgement());
    }

    void establish() {
        up();
        dialect.forgetSetup();
        observer.established(tunnel, peer.orElseThrow());
        if (state == ESTABLISHED) {
            calls.tunnelOpened(now);
        }
    }

    /** A failure of either end is overcome (RFC 4951). */
    void reestablish(boolean failedHere) {
        channel.acknowledgement(dialect.messages().acknowledgement());
        up();
        deadlines.heard(now);
        observer.recovered(tunnel);
        if (state == ESTABLISHED) {
            calls.recovery().recovered(failedHere, now);
            calls.tunnelOpened(now);
        }
    }

    private void up() {
        state = ESTABLISHED;
        deadlines.jitter();
        deadlines.established(now);
    }

    void sessionsChanged() {
        deadlines.sessionsChanged(now);
    }

    void reconfigure(TunnelConfig next) {
        config = next.toBuilder().localTunnelId(config.localTunnelId()).build();
        dialect.reconfigure(config, remoteId);
        channel.reconfigure(config.retryTimeoutMillis(), config.maxRetries(), config.ackDelayMillis());
    }

    // The end

    /** Closes from this side, with the result of the cause. */
    void closeWith(CloseCause cause) {
        end.byUs(cause);
    }

    /** The peer closed. */
    void stopped(CloseCause cause) {
        end.byPeer(cause);
    }

    /** The tunnel is over at once. */
    void end(CloseCause cause) {
        end.atOnce(cause);
    }

    /** Refuses an SCCRQ with one StopCCN that is no larger. */
    void refuse(CloseCause cause, int budgetBytes) {
        end.refuse(cause, budgetBytes);
    }

    @Override
    public void unreachable(String name) {
        end.atOnce(reception.unreachable(name, now));
        end.finish();
    }

    // Looking in

    Tunnel tunnel() {
        return tunnel;
    }

    TunnelState state() {
        return state;
    }

    void state(TunnelState next) {
        state = next;
    }

    int remoteId() {
        return remoteId;
    }

    Optional<PeerFacts> peer() {
        return peer;
    }

    /** The version; of an originator that may fall back only once the peer has answered. */
    ProtocolVersion version() {
        return dialect.version();
    }

    Dialect dialect() {
        return dialect;
    }

    TunnelConfig config() {
        return config;
    }

    Failover failover() {
        return failover;
    }

    Calls calls() {
        return calls;
    }

    TunnelCounters counters() {
        return counters;
    }

    TunnelObserver observer() {
        return observer;
    }

    ChannelStatus channelStatus() {
        return ChannelStatus.of(channel);
    }
}
