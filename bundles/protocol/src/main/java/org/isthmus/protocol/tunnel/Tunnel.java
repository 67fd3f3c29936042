package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.ResultCode;

/**
 * One control connection, as its originator or as its receiver, with its sessions (RFC 2661, RFC 3931). Which version it
 * has is said by {@link #version}: that of its configuration, or what the peer has where that leaves a choice.
 *
 * <p>Driven from one thread: datagrams and the time go in by these methods, what is to be done goes out to the
 * {@link TunnelObserver} before they return. Time is milliseconds since any moment, never going backwards. After
 * every call {@link #nextTimeoutMillis} may have changed; bare acknowledgements go out only by {@link #timeout}, so
 * call it after a batch of datagrams when it is due.
 */
public final class Tunnel {

    private final ControlConnection connection;

    private Tunnel(TunnelConfig config, TunnelObserver observer, RandomGenerator random, TunnelState state,
            ByteBuffer request, long nowMillis) {
        connection = new ControlConnection(this, config, observer, random, state, request, nowMillis);
    }

    /**
     * Opens a tunnel: sends SCCRQ.
     *
     * @param random must be unpredictable for peers: challenges, random vectors and session identifiers come of it
     */
    public static Tunnel open(TunnelConfig config, TunnelObserver observer, RandomGenerator random, long nowMillis) {
        Tunnel tunnel = new Tunnel(config, observer, random, TunnelState.WAIT_CTL_REPLY, ByteBuffer.allocate(0),
                nowMillis);
        tunnel.connection.request();
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
        int length = Math.min(sccrq.remaining(), ControlMessage.MAX_BYTES + 1);
        ByteBuffer request = ByteBuffer.allocate(length).put(0, sccrq, sccrq.position(), length);
        Tunnel tunnel = new Tunnel(config, observer, random, TunnelState.WAIT_CTL_CONN, request, nowMillis);
        tunnel.connection.answer(request);
        return tunnel;
    }

    /**
     * Has the state of before a failure and asks the peer for the tunnel back (RFC 4951). Until
     * {@link TunnelObserver#recovered} nothing flows; when it cannot be recovered, the observer is told
     * {@link TunnelObserver#sessionClosed} of each session, {@link TunnelObserver#closed} and
     * {@link TunnelObserver#finished}, and the peer nothing. Sessions whose identifiers are in use are left out.
     *
     * @param snapshot of a tunnel for which {@link TunnelSnapshot#recoverable}
     * @param config   as that of the old tunnel, above all its secret; identifier and version are those of the snapshot
     */
    public static Tunnel recover(TunnelSnapshot snapshot, Collection<SessionSnapshot> sessions, TunnelConfig config,
            TunnelObserver observer, RandomGenerator random, long nowMillis) {
        TunnelConfig old = config.toBuilder().localTunnelId(snapshot.localId()).version(snapshot.peer().version())
                .v3(config.v3().withFallback(false)).build();
        Tunnel tunnel = new Tunnel(old, observer, random, TunnelState.RECOVERING, ByteBuffer.allocate(0), nowMillis);
        tunnel.connection.failover().begin(snapshot, sessions);
        return tunnel;
    }

    /** All of it at this moment, in whatever state it is. Once another object goes on with it, this one must be left alone. */
    public TunnelCheckpoint checkpoint(long nowMillis) {
        connection.clock(nowMillis);
        return connection.checkpoints().checkpoint(nowMillis);
    }

    /** The same without its calls, which {@link Session#checkpoint} has one by one, and without the identifiers of those that are over. */
    public TunnelCheckpoint checkpointWithoutCalls(long nowMillis) {
        connection.clock(nowMillis);
        return connection.checkpoints().withoutCalls(nowMillis);
    }

    /**
     * Goes on with a tunnel where another object was: same identifiers, numbers, timers and calls. Nobody is told anything; only
     * messages that came ahead of their turn are left for the peer to send again.
     *
     * @param config as that of the other object; identifier and version are those of the checkpoint
     */
    public static Tunnel resume(TunnelCheckpoint before, TunnelConfig config, TunnelObserver observer, RandomGenerator random,
            long nowMillis) {
        TunnelConfig same = config.toBuilder().localTunnelId(before.localId()).version(before.version())
                .v3(config.v3().withFallback(before.fallback())).tieBreaker(before.tieBreaker())
                .allowReplyOverBudget(before.overBudget()).build();
        Tunnel tunnel = new Tunnel(same, observer, random, before.state(), ByteBuffer.wrap(before.request()), nowMillis);
        tunnel.connection.checkpoints().resume(before, nowMillis);
        return tunnel;
    }

    /**
     * Takes an SCCRQ that asks for the recovery of this tunnel (RFC 4951), after a failure of the peer. The tunnel goes on
     * as it is until the peer has authenticated itself.
     *
     * @return false when the request does not fit this tunnel: then it is to be {@link #refuse refused}
     */
    public boolean takeRecovery(ByteBuffer sccrq, long nowMillis) {
        connection.clock(nowMillis);
        boolean taken = connection.failover().requested(sccrq);
        if (!taken) {
            connection.counters().count(Counter.RECOVERIES_REFUSED);
        }
        return taken;
    }

    /** What has to be kept of it to get it back after a failure; empty before it is established. */
    public Optional<TunnelSnapshot> snapshot() {
        return peer().filter(p -> state() == TunnelState.ESTABLISHED || state() == TunnelState.RECOVERING)
                .map(p -> new TunnelSnapshot(localId(), p, connection.failover().told()));
    }

    /** How it stands with failover. */
    public FailoverStatus failover() {
        return connection.failover().status();
    }

    /**
     * Refuses an SCCRQ for a reason that only the caller knows, such as a limit: sends one StopCCN that is no larger
     * than the request, or nothing where that cannot be. Nothing is kept.
     *
     * @param config gives our identifier for the answer; it is free again when this returns
     * @param send   takes the datagram, which is valid only until it returns
     */
    public static void refuse(ByteBuffer sccrq, ResultCode result, TunnelConfig config, RandomGenerator random,
            Consumer<ByteBuffer> send) {
        Refusal.of(sccrq, result, config, random).ifPresent(send);
    }

    /**
     * True when this SCCRQ can be a repetition of the one that this tunnel answered: the same octets, before the
     * tunnel is established or right after. Otherwise it is a new request, for example of a peer that was restarted.
     */
    public boolean isRepeatedRequest(ByteBuffer sccrq, long nowMillis) {
        return connection.isRepeatedRequest(sccrq, nowMillis);
    }

    /**
     * Takes a control datagram of the peer. The caller has checked the source address.
     *
     * @param datagram what lies between position and limit, in network order; is neither changed nor kept
     */
    public void receive(ByteBuffer datagram, long nowMillis) {
        connection.clock(nowMillis);
        connection.receive(datagram);
    }

    /** Does what is due. Calling it early or late does no harm. */
    public void timeout(long nowMillis) {
        connection.clock(nowMillis);
        connection.timeout();
    }

    /** When {@link #timeout} is to be called next; Long.MAX_VALUE when there is nothing to wait for. */
    public long nextTimeoutMillis() {
        return connection.nextTimeoutMillis();
    }

    /** A data message of the peer was seen: the peer lives, no HELLO is needed for now. Allocates nothing. */
    public void dataSeen(long nowMillis) {
        connection.dataSeen(nowMillis);
    }

    /**
     * Places an incoming call, as LAC: sends ICRQ as soon as the tunnel is established.
     *
     * @return the session; empty when the role forbids it, the tunnel is not open, its session limit is reached or
     *         the identifier asked for is in use
     */
    public Optional<Session> placeIncomingCall(CallConfig call, long nowMillis) {
        connection.clock(nowMillis);
        return connection.place(() -> connection.calls().placeIncoming(call, nowMillis));
    }

    /**
     * Asks the peer to place an outgoing call, as LNS: sends OCRQ as soon as the tunnel is established.
     *
     * @param sessionId a fixed local session identifier, 1 to 65535, or 0 to draw one at random
     * @return the session; empty as with {@link #placeIncomingCall}
     */
    public Optional<Session> placeOutgoingCall(int sessionId, OutgoingCall call, long nowMillis) {
        return placeOutgoingCall(sessionId, call, PseudowireTerms.of(PseudowireType.PPP), nowMillis);
    }

    /** The same, and says what a session of version 3 is to be; in version 2 only PPP can be had. */
    public Optional<Session> placeOutgoingCall(int sessionId, OutgoingCall call, PseudowireTerms terms,
            long nowMillis) {
        connection.clock(nowMillis);
        return connection.place(() -> connection.calls().placeOutgoing(sessionId, call, terms, nowMillis));
    }

    /**
     * Probes the path to the peer with a HELLO that is padded to this size (RFC 4821): {@link TunnelObserver#sendProbe} sends it,
     * {@link TunnelObserver#probed} tells whether it arrived. When it is lost the HELLO is sent again in its usual size.
     *
     * @param octets the size of the message, up to {@link ControlMessage#MAX_BYTES}
     * @return false when it cannot be done now: the tunnel is not established, or messages are not acknowledged
     */
    public boolean probe(int octets, long nowMillis) {
        connection.clock(nowMillis);
        return connection.probe(octets);
    }

    /** Sends a HELLO now, if the tunnel is established: the peer acknowledges it, if it is there. */
    public void hello(long nowMillis) {
        connection.clock(nowMillis);
        connection.hello();
        connection.flush();
    }

    /**
     * After {@link #resume}: another object has gone on from the same checkpoint meanwhile, and is no more. What it sent is known to the
     * peer, and what it acknowledged does not come again: sequence numbers follow the peer's, found out by a HELLO; messages of that time
     * are lost. At most 256 each way are caught up with.
     *
     * @param theirs sessions that the other object had at last, as far as it is known; the peer is told that those are over which this one
     *               does not have
     */
    public void rewind(List<SessionCheckpoint> theirs, long nowMillis) {
        connection.clock(nowMillis);
        connection.rewind(theirs);
        connection.flush();
    }

    /** As LNS: asks for the connect speeds of all sessions whose LAC said that it tells them (RFC 5515). */
    public void askSpeeds(long nowMillis) {
        connection.calls().notice(nowMillis, LinkNotices::askSpeeds);
    }

    /** The PHB code that both ends agreed on for the control connection (RFC 3308); empty when they did not. */
    public OptionalInt phb() {
        return connection.dialect().setup().phb();
    }

    /** The DSCP that stands for it, which the packets of the control connection carry; empty when there is none. */
    public OptionalInt dscp() {
        return phb().isPresent() ? DiffServ.dscpOf(phb().getAsInt()) : OptionalInt.empty();
    }

    /**
     * Closes the tunnel and all of its sessions with a StopCCN. Does nothing when it is not open. A peer that has not
     * answered our SCCRQ gets one StopCCN that is not repeated; one that has not answered our SCCRP gets none.
     */
    public void close(ResultCode result, long nowMillis) {
        connection.clock(nowMillis);
        connection.closeWith(CloseCause.of(Kind.LOCAL, result, "closed by this side: " + result.words()));
        connection.flush();
    }

    /** Drops the tunnel without a word to the peer: our SCCRQ lost to the peer's (see {@link TieBreaker}). */
    public void loseTie(long nowMillis) {
        connection.clock(nowMillis);
        connection.end(CloseCause.of(Kind.TIE_BREAKER,
                "the peer opened a tunnel at the same time and won the tie"));
    }

    /** Drops the tunnel without a word to the peer, as when too many are half open. */
    public void abandon(String words, long nowMillis) {
        connection.clock(nowMillis);
        connection.end(CloseCause.of(Kind.LIMIT, words));
    }

    /**
     * Changes a tunnel while it is up. Hello, retry, acknowledgement and idle times, retries and the session limit
     * take effect at once; of the others what serves messages that are still to be sent. The local tunnel identifier
     * never changes.
     */
    public void reconfigure(TunnelConfig next, long nowMillis) {
        connection.clock(nowMillis);
        connection.reconfigure(next);
    }

    /** Where the tunnel stands. */
    public TunnelState state() {
        return connection.state();
    }

    /** The version; of an originator that may fall back it is settled when the tunnel is established. */
    public ProtocolVersion version() {
        return connection.version();
    }

    /** Our tunnel identifier, unsigned: stands in what the peer sends. */
    public int localId() {
        return connection.config().localTunnelId();
    }

    /** The peer's tunnel identifier, unsigned: stands in what we send; 0 while not known. */
    public int remoteId() {
        return connection.remoteId();
    }

    /** What the peer said about itself; empty before its SCCRP. */
    public Optional<PeerFacts> peer() {
        return connection.peer();
    }

    /** The configuration it was made with, with the later changes. */
    public TunnelConfig config() {
        return connection.config();
    }

    /** The session with this local identifier. */
    public Optional<Session> session(int localId) {
        return connection.calls().session(localId);
    }

    /** The sessions of this moment, as a view that changes with the tunnel. */
    public Collection<Session> sessions() {
        return connection.calls().sessions();
    }

    /** The counters, live. */
    public TunnelCounters counters() {
        return connection.counters();
    }

    /** The reliable channel at this moment, for a status display. */
    public ChannelStatus channel() {
        return connection.channelStatus();
    }

    ControlConnection connection() {
        return connection;
    }

    /** For logs: both identifiers and the state. */
    @Override
    public String toString() {
        return "tunnel " + Integer.toUnsignedString(localId()) + "/" + Integer.toUnsignedString(remoteId()) + " "
                + state();
    }
}
