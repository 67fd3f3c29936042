package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.TunnelState.CLOSING;
import static org.isthmus.protocol.tunnel.TunnelState.ESTABLISHED;
import static org.isthmus.protocol.tunnel.TunnelState.FINISHED;
import static org.isthmus.protocol.tunnel.TunnelState.LINGERING;
import static org.isthmus.protocol.tunnel.TunnelState.WAIT_CTL_CONN;
import static org.isthmus.protocol.tunnel.TunnelState.WAIT_CTL_REPLY;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.channel.ChannelConfig;
import org.isthmus.protocol.channel.ChannelListener;
import org.isthmus.protocol.channel.ReliableChannel;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.DatagramKind;
import org.isthmus.protocol.wire.Decoded;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.Rejection;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.SccrqSummary;
import org.isthmus.protocol.wire.StopResult;

/**
 * One control connection, as its originator or as its receiver, with its sessions (RFC 2661).
 *
 * <p>Driven from one thread: datagrams and the time go in by these methods, what is to be done goes out to the
 * {@link TunnelObserver} before they return. Time is milliseconds since any moment, never going backwards. After
 * every call {@link #nextTimeoutMillis} may have changed; bare acknowledgements go out only by {@link #timeout}, so
 * call it after a batch of datagrams when it is due.
 */
public final class Tunnel {

    private static final long NEVER = Long.MAX_VALUE;
    private static final Runnable NOTHING = () -> { };
    /** A repeated SCCRQ is answered at most once in this time. */
    private static final long REPLY_REPEAT_MILLIS = 100;

    private final TunnelObserver observer;
    private final TunnelCounters counters = new TunnelCounters();
    private final ReliableChannel<Decoded> channel;
    private final Calls calls;
    private final Setup setup;
    private final RandomGenerator random;
    private final long createdMillis;
    /** The SCCRQ that we answered, to know its repetitions by; empty for an originator. */
    private final ByteBuffer request;

    private TunnelConfig config;
    private Messages messages;
    private TunnelState state;
    private int remoteId;
    private Optional<PeerFacts> peer = Optional.empty();
    private boolean heard;
    private long lastHeardMillis;
    private long idleSinceMillis;
    private long lingerUntilMillis = NEVER;
    private long replySentMillis;
    /** The time of the call that is going on. */
    private long now;

    private Tunnel(TunnelConfig config, TunnelObserver observer, RandomGenerator random, TunnelState state,
            ByteBuffer request, long nowMillis) {
        this.config = config;
        this.observer = observer;
        this.random = random;
        this.state = state;
        this.request = request;
        this.createdMillis = nowMillis;
        this.lastHeardMillis = nowMillis;
        this.idleSinceMillis = nowMillis;
        this.now = nowMillis;
        this.messages = new Messages(config, random, 0);
        this.calls = new Calls(this, observer, counters, random);
        this.setup = new Setup(this, config, counters, random);
        boolean originator = state == WAIT_CTL_REPLY;
        this.channel = new ReliableChannel<>(new ChannelConfig(config.receiveWindowSize(),
                config.transmitWindowSize(), config.sendQueueLimit(), config.retryTimeoutMillis(),
                config.maxRetries(), config.ackDelayMillis()), originator ? 0 : 1, originator, new ChannelEvents());
    }

    /**
     * Opens a tunnel: sends SCCRQ.
     *
     * @param random must be unpredictable for peers: challenges, random vectors and session identifiers come of it
     */
    public static Tunnel open(TunnelConfig config, TunnelObserver observer, RandomGenerator random, long nowMillis) {
        Tunnel tunnel = new Tunnel(config, observer, random, WAIT_CTL_REPLY, ByteBuffer.allocate(0), nowMillis);
        tunnel.setup.request();
        tunnel.flush();
        return tunnel;
    }

    /**
     * Answers an SCCRQ: sends SCCRP, or one StopCCN when the request is not acceptable; then the observer has been
     * told {@link TunnelObserver#closed} and {@link TunnelObserver#finished} when this returns.
     *
     * <p>No answer is larger than the request, save when {@link TunnelConfig#allowReplyOverBudget}; and none is
     * sent again before the peer has shown with an SCCCN that it is reachable, unless the peer repeats its SCCRQ:
     * the caller hands such a repetition, known by source address and assigned tunnel identifier, to
     * {@link #receive} of the tunnel that this made, if it {@link #isRepeatedRequest}.
     */
    public static Tunnel accept(ByteBuffer sccrq, TunnelConfig config, TunnelObserver observer,
            RandomGenerator random, long nowMillis) {
        ByteBuffer request = copyOf(sccrq);
        Tunnel tunnel = new Tunnel(config, observer, random, WAIT_CTL_CONN, request, nowMillis);
        tunnel.count(sccrq);
        tunnel.setup.answer(request);
        return tunnel;
    }

    /**
     * Refuses an SCCRQ for a reason that only the caller knows, such as a limit: sends one StopCCN that is no larger
     * than the request, or nothing where that cannot be. Nothing is kept.
     *
     * @param config gives our identifier for the answer; it is free again when this returns
     * @param send   takes the datagram, which is valid only until it returns
     */
    public static void refuse(ByteBuffer sccrq, ResultCode result, TunnelConfig config, RandomGenerator random,
            Consumer<ByteBuffer> send, long nowMillis) {
        Tunnel tunnel = new Tunnel(config, new SendOnly(send), random, WAIT_CTL_CONN, copyOf(sccrq), nowMillis);
        SccrqSummary.of(sccrq).ifPresent(summary -> tunnel.learnRemoteId(summary.assignedTunnelId()));
        tunnel.refuse(CloseCause.of(Kind.LOCAL, result, result.words()), sccrq.remaining());
    }

    private static ByteBuffer copyOf(ByteBuffer sccrq) {
        int length = Math.min(sccrq.remaining(), ControlMessage.MAX_BYTES + 1);
        ByteBuffer copy = ByteBuffer.allocate(length);
        copy.put(0, sccrq, sccrq.position(), length);
        return copy;
    }

    /**
     * True when this SCCRQ can be a repetition of the one that this tunnel answered: the same octets, and no later
     * than a peer repeats it. Otherwise it is a new request, for example of a peer that was restarted.
     */
    public boolean isRepeatedRequest(ByteBuffer sccrq, long nowMillis) {
        return request.hasRemaining() && state != FINISHED && request.equals(sccrq)
                && (state == WAIT_CTL_CONN || nowMillis - createdMillis <= channel.fullCycleMillis());
    }

    /**
     * Takes a control datagram of the peer. The caller has checked the source address.
     *
     * @param datagram what lies between position and limit, in network order; is neither changed nor kept
     */
    public void receive(ByteBuffer datagram, long nowMillis) {
        now = nowMillis;
        if (state == FINISHED) {
            return;
        }
        count(datagram);
        if (Datagram.kind(datagram) != DatagramKind.CONTROL) {
            counters.count(Counter.BAD_HEADER);
        } else if (Datagram.tunnelId(datagram) == config.localTunnelId()) {
            receiveAddressed(datagram);
        } else if (Datagram.tunnelId(datagram) != 0) {
            counters.count(Counter.WRONG_TUNNEL_ID);
        } else if (isRepeatedRequest(datagram, nowMillis)) {
            counters.count(Counter.DUPLICATES);
            repeatReply();
        } else if (config.acceptZeroTunnelId() && state != WAIT_CTL_CONN) {
            counters.count(Counter.ZERO_TUNNEL_ID);
            receiveAddressed(datagram);
        } else {
            counters.count(Counter.WRONG_TUNNEL_ID);
        }
        flush();
    }

    /** The header names this tunnel. Sequence numbers come next, AVPs are read only when these are right. */
    private void receiveAddressed(ByteBuffer datagram) {
        int ns = Datagram.ns(datagram);
        int nr = Datagram.nr(datagram);
        switch (channel.check(ns, nr, Datagram.isZlb(datagram))) {
            case NS_OUT_OF_WINDOW -> counters.count(Counter.NS_OUT_OF_WINDOW);
            case NR_OUT_OF_WINDOW -> counters.count(Counter.NR_OUT_OF_WINDOW);
            case ACKNOWLEDGEMENT -> {
                counters.count(Counter.ZLBS_RECEIVED);
                peerHeard();
                channel.acknowledge(nr, now);
            }
            case DUPLICATE -> {
                counters.count(Counter.DUPLICATES);
                peerHeard();
                channel.acknowledge(nr, now);
                channel.duplicate(now);
            }
            default -> receiveNew(ns, nr, ControlMessage.decode(datagram, config.secret()));
        }
    }

    private void receiveNew(int ns, int nr, Decoded decoded) {
        if (decoded instanceof Rejection rejection) {
            countDropped(rejection);
            if (rejection.reason().consequence() == Rejection.Consequence.DROP) {
                return;
            }
        }
        peerHeard();
        channel.acknowledge(nr, now);
        if (ns != channel.nr()) {
            counters.count(Counter.OUT_OF_ORDER);
        }
        channel.arrived(ns, decoded, now);
    }

    /** Who writes our random tunnel identifier has received our SCCRP: it is where it says it is. */
    private void peerHeard() {
        heard = true;
        lastHeardMillis = now;
        if (!channel.isActive() && state == WAIT_CTL_CONN) {
            channel.activate(now);
        }
    }

    private void repeatReply() {
        if (state != WAIT_CTL_CONN || channel.isActive()) {
            channel.duplicate(now);
        } else if (now - replySentMillis >= REPLY_REPEAT_MILLIS) {
            counters.count(Counter.REPLY_REPEATED);
            replySentMillis = now;
            channel.repeatFirst();
        }
    }

    /** A message in its turn. */
    private void delivered(Decoded decoded) {
        if (!state.isOpen()) {
            return;
        }
        if (decoded instanceof ControlMessage message) {
            countReceived(message);
            received(message);
        } else {
            rejected((Rejection) decoded);
        }
    }

    /** The state table of RFC 2661 section 7.2.1. */
    private void received(ControlMessage message) {
        switch (message.type()) {
            case STOPCCN -> stopped(message);
            case HELLO -> { }
            case SCCRP -> {
                if (state == WAIT_CTL_REPLY) {
                    setup.replied(message, now);
                } else {
                    unexpected(message);
                }
            }
            case SCCCN -> {
                if (state == WAIT_CTL_CONN) {
                    setup.connected(message, now);
                } else {
                    unexpected(message);
                }
            }
            case SCCRQ -> unexpected(message);
            default -> {
                if (state == ESTABLISHED) {
                    calls.received(message, now);
                } else {
                    unexpected(message);
                }
            }
        }
    }

    private void unexpected(ControlMessage message) {
        counters.count(Counter.UNEXPECTED);
        String words = message.type() + " in state " + state;
        closeWith(CloseCause.of(Kind.PROTOCOL, ResultCode.of(StopResult.FSM_ERROR, words),
                "the peer sent " + words));
    }

    private void rejected(Rejection rejection) {
        Optional<ControlMessage> rest = rejection.rest();
        if (rejection.reason().consequence() != Rejection.Consequence.CLEAR || rest.isEmpty()) {
            return;
        }
        ControlMessage message = rest.get();
        if (message.type() == MessageType.STOPCCN) {
            stopped(message);
        } else if (message.type().ofSession() && state == ESTABLISHED) {
            calls.rejected(rejection, message, now);
        } else {
            if (state == WAIT_CTL_REPLY && message.type() == MessageType.SCCRP) {
                learnRemoteId(message.integer(AvpType.ASSIGNED_TUNNEL_ID, 0));
            }
            closeWith(CloseCause.of(Kind.PROTOCOL, Setup.resultOf(rejection),
                    "the peer's message cannot be used: " + rejection.words()));
        }
    }

    private void stopped(ControlMessage message) {
        int assigned = message.integer(AvpType.ASSIGNED_TUNNEL_ID, 0);
        if (remoteId != 0 && assigned != remoteId) {
            counters.count(Counter.WRONG_ASSIGNED_ID);
            if (!config.acceptWrongAssignedId()) {
                return;
            }
        }
        if (remoteId == 0) {
            learnRemoteId(assigned);
        }
        linger();
        channel.stopSending();
        String words = message.resultCode().map(ResultCode::words).orElse("no result code");
        closed(new CloseCause(Kind.PEER, message.resultCode(), Optional.empty(), Optional.empty(),
                "the peer sent StopCCN: " + words));
    }

    /** Does what is due. Calling it early or late does no harm. */
    public void timeout(long nowMillis) {
        now = nowMillis;
        if (lingerUntilMillis <= now) {
            finish();
        }
        if (state == FINISHED) {
            return;
        }
        channel.timeout(now);
        calls.timeout(now);
        if (setupDeadline() <= now) {
            closeWith(CloseCause.of(Kind.TIMEOUT, ResultCode.of(StopResult.CLEAR, "not established in time"),
                    "not established in time: still " + state));
        }
        if (helloDeadline() <= now) {
            send(MessageType.HELLO, messages.hello());
        }
        if (idleDeadline() <= now) {
            closeWith(CloseCause.of(Kind.IDLE, ResultCode.of(StopResult.CLEAR, "idle"),
                    "no session for " + config.idleTimeoutMillis() / 1000 + " s"));
        }
        flush();
    }

    /** When {@link #timeout} is to be called next; Long.MAX_VALUE when there is nothing to wait for. */
    public long nextTimeoutMillis() {
        if (state == FINISHED) {
            return NEVER;
        }
        long next = Math.min(channel.nextTimeoutMillis(), calls.nextTimeoutMillis());
        next = Math.min(next, Math.min(setupDeadline(), lingerUntilMillis));
        return Math.min(next, Math.min(helloDeadline(), idleDeadline()));
    }

    /** A half-open tunnel of a peer that nobody has seen never waits for ever. */
    private long setupDeadline() {
        if (state != WAIT_CTL_REPLY && state != WAIT_CTL_CONN) {
            return NEVER;
        }
        if (config.establishTimeoutMillis() == 0) {
            return state == WAIT_CTL_CONN ? createdMillis + 2 * channel.fullCycleMillis() : NEVER;
        }
        return createdMillis + config.establishTimeoutMillis();
    }

    /** A message that waits for its acknowledgement is as good as a HELLO. */
    private long helloDeadline() {
        return state == ESTABLISHED && config.helloIntervalMillis() != 0 && channel.isIdle()
                ? lastHeardMillis + config.helloIntervalMillis() : NEVER;
    }

    private long idleDeadline() {
        return state == ESTABLISHED && config.idleTimeoutMillis() != 0 && calls.isEmpty()
                ? idleSinceMillis + config.idleTimeoutMillis() : NEVER;
    }

    /** A data message of the peer was seen: the peer lives, no HELLO is needed for now. Allocates nothing. */
    public void dataSeen(long nowMillis) {
        lastHeardMillis = nowMillis;
    }

    /**
     * Places an incoming call, as LAC: sends ICRQ as soon as the tunnel is established.
     *
     * @return the session; empty when the role forbids it, the tunnel is not open, its session limit is reached or
     *         the identifier asked for is in use
     */
    public Optional<Session> placeIncomingCall(CallConfig call, long nowMillis) {
        now = nowMillis;
        Optional<Session> session = state.isOpen() ? calls.place(call, now) : Optional.empty();
        flush();
        return session;
    }

    /**
     * Closes the tunnel and all of its sessions with a StopCCN. Does nothing when it is not open. A peer that has not
     * shown yet that it is reachable gets one StopCCN that is not repeated, or none if it has never been answered.
     */
    public void close(ResultCode result, long nowMillis) {
        now = nowMillis;
        closeWith(CloseCause.of(Kind.LOCAL, result, "closed by this side: " + result.words()));
        flush();
    }

    /** Drops the tunnel without a word to the peer: our SCCRQ lost to the peer's (see {@link TieBreaker}). */
    public void loseTie(long nowMillis) {
        now = nowMillis;
        end(CloseCause.of(Kind.TIE_BREAKER, "the peer opened a tunnel at the same time and won the tie"));
    }

    /** Drops the tunnel without a word to the peer, as when too many are half open. */
    public void abandon(String words, long nowMillis) {
        now = nowMillis;
        end(CloseCause.of(Kind.LIMIT, words));
    }

    // For Setup and Calls

    Messages messages() {
        return messages;
    }

    void send(MessageType type, byte[] message) {
        send(type, message, NOTHING);
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

    /** Sets the time of the call that is going on. */
    void clock(long nowMillis) {
        now = nowMillis;
    }

    /** Sends the SCCRP once; it is repeated only when the SCCRQ is. */
    void reply(byte[] sccrp) {
        send(MessageType.SCCRP, sccrp);
        replySentMillis = now;
        channel.repeatFirst();
    }

    /** Refuses an SCCRQ with one StopCCN that is no larger. */
    void refuse(CloseCause cause, int budgetBytes) {
        byte[] stopccn = messages.stopccn(cause.result().orElseThrow(), budgetBytes);
        if (stopccn != null && remoteId != 0) {
            counters.countSent(MessageType.STOPCCN);
            channel.sendOnce(stopccn);
        }
        end(cause);
    }

    void learnPeer(PeerFacts facts) {
        peer = Optional.of(facts);
        learnRemoteId(facts.assignedTunnelId());
        channel.peerWindow(facts.receiveWindowSize());
    }

    void learnRemoteId(int id) {
        remoteId = id;
        messages.peerTunnelId(id);
        channel.peerTunnelId(id);
    }

    void establish(long nowMillis) {
        state = ESTABLISHED;
        idleSinceMillis = nowMillis;
        observer.established(this, peer.orElseThrow());
        if (state == ESTABLISHED) {
            calls.tunnelOpened(nowMillis);
        }
    }

    void sessionsChanged() {
        idleSinceMillis = now;
    }

    /** Closes from this side, with the result of the cause. */
    void closeWith(CloseCause cause) {
        if (!state.isOpen()) {
            return;
        }
        byte[] stopccn = messages.stopccn(cause.result().orElseThrow());
        if (!channel.isActive()) {
            end(cause);
        } else if (remoteId == 0) {
            counters.countSent(MessageType.STOPCCN);
            channel.sendOnce(stopccn);
            end(cause);
        } else {
            state = CLOSING;
            counters.countSent(MessageType.STOPCCN);
            channel.sendLast(stopccn, MessageType.STOPCCN.name(), this::linger);
            closed(cause);
        }
    }

    /** The tunnel is over at once. */
    void end(CloseCause cause) {
        if (state.isOpen()) {
            channel.stopSending();
            state = LINGERING;
            closed(cause);
            finish();
        }
    }

    /** Tells of the end; whatever state follows is set already. */
    private void closed(CloseCause cause) {
        setup.forget();
        calls.closeAll(CloseCause.of(Kind.TUNNEL, "the tunnel ended: " + cause.words()), now);
        observer.closed(this, cause);
    }

    /** Duplicates are acknowledged for a full retransmission cycle (RFC 2661 section 5.7). */
    private void linger() {
        state = LINGERING;
        lingerUntilMillis = now + channel.fullCycleMillis();
    }

    private void finish() {
        lingerUntilMillis = NEVER;
        if (state != FINISHED) {
            state = FINISHED;
            observer.finished(this);
        }
    }

    private void count(ByteBuffer datagram) {
        counters.count(Counter.CONTROL_RECEIVED);
        counters.add(Counter.CONTROL_BYTES_RECEIVED, datagram.remaining());
    }

    void countReceived(ControlMessage message) {
        counters.countReceived(message.type());
        counters.add(Counter.AVPS_IGNORED, message.unknown().size());
        counters.add(Counter.AVPS_MALFORMED, message.malformed());
    }

    void countDropped(Rejection rejection) {
        counters.count(switch (rejection.reason()) {
            case HIDDEN_FORBIDDEN, HIDDEN_UNREADABLE, HIDDEN_WITHOUT_RANDOM_VECTOR, HIDDEN_WITHOUT_SECRET ->
                Counter.HIDDEN_FAILED;
            case UNKNOWN_MESSAGE -> Counter.MESSAGES_IGNORED;
            case UNKNOWN_MANDATORY_MESSAGE, UNKNOWN_MANDATORY_AVP -> Counter.MANDATORY_UNKNOWN;
            default -> Counter.MALFORMED;
        });
    }

    private final class ChannelEvents implements ChannelListener<Decoded> {

        @Override
        public void transmit(ByteBuffer datagram, Sending sending) {
            counters.count(Counter.CONTROL_SENT);
            counters.add(Counter.CONTROL_BYTES_SENT, datagram.remaining());
            if (sending == Sending.AGAIN) {
                counters.count(Counter.RETRANSMITS);
            } else if (sending == Sending.ZLB) {
                counters.count(Counter.ZLBS_SENT);
            }
            observer.send(datagram);
        }

        @Override
        public void deliver(Decoded message) {
            delivered(message);
        }

        @Override
        public void unreachable(String name) {
            if (state.isOpen()) {
                end(CloseCause.of(Kind.UNREACHABLE, name + " was not acknowledged after " + config.maxRetries()
                        + " retries; the peer " + (heard ? "was last heard " + (now - lastHeardMillis) / 1000
                        + " s ago" : "never answered")));
            } else {
                finish();
            }
        }
    }

    // Looking in

    /** Where the tunnel stands. */
    public TunnelState state() {
        return state;
    }

    /** Our tunnel identifier: stands in what the peer sends. */
    public int localId() {
        return config.localTunnelId();
    }

    /** The peer's tunnel identifier: stands in what we send; 0 while not known. */
    public int remoteId() {
        return remoteId;
    }

    /** What the peer said about itself; empty before its SCCRP. */
    public Optional<PeerFacts> peer() {
        return peer;
    }

    /** The configuration it was made with, with the later changes. */
    public TunnelConfig config() {
        return config;
    }

    /**
     * Changes a tunnel while it is up. Hello, retry, acknowledgement and idle times, retries and the session limit
     * take effect at once; of the others what serves messages that are still to be sent. The local tunnel identifier
     * never changes.
     */
    public void reconfigure(TunnelConfig next, long nowMillis) {
        now = nowMillis;
        config = next.toBuilder().localTunnelId(config.localTunnelId()).build();
        messages = new Messages(config, random, remoteId);
        channel.reconfigure(config.retryTimeoutMillis(), config.maxRetries(), config.ackDelayMillis());
    }

    /** The session with this local identifier. */
    public Optional<Session> session(int localId) {
        return calls.session(localId);
    }

    /** The sessions of this moment, as a view that changes with the tunnel. */
    public Collection<Session> sessions() {
        return calls.sessions();
    }

    /** The counters, live. */
    public TunnelCounters counters() {
        return counters;
    }

    /** The reliable channel at this moment, for a status display. */
    public ChannelStatus channel() {
        return new ChannelStatus(channel.ns(), channel.nr(), channel.acknowledged(), channel.window(),
                channel.congestionWindow(), channel.slowStartThreshold(), channel.queued());
    }

    /** For logs: both identifiers and the state. */
    @Override
    public String toString() {
        return "tunnel " + localId() + "/" + remoteId + " " + state;
    }
}
