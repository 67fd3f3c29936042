package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.wire.ResultCode;

/**
 * One control connection, as its originator or as its receiver, with its sessions (RFC 2661).
 *
 * <p>Driven from one thread: datagrams and the time go in by these methods, what is to be done goes out to the
 * {@link TunnelObserver} before they return. Time is milliseconds since any moment, never going backwards. After
 * every call {@link #nextTimeoutMillis} may have changed.
 */
public final class Tunnel {

    private Tunnel() {
    }

    /**
     * Opens a tunnel: sends SCCRQ.
     *
     * @param random must be unpredictable for peers: challenges, random vectors and session identifiers come of it
     */
    public static Tunnel open(TunnelConfig config, TunnelObserver observer, RandomGenerator random, long nowMillis) {
        return new Tunnel();
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
        return new Tunnel();
    }

    /** True when this SCCRQ can be a repetition of the one that this tunnel answered, not a new request. */
    public boolean isRepeatedRequest(ByteBuffer sccrq, long nowMillis) {
        return false;
    }

    /**
     * Takes a control datagram of the peer. The caller has checked the source address.
     *
     * @param datagram what lies between position and limit; is neither changed nor kept
     */
    public void receive(ByteBuffer datagram, long nowMillis) {
    }

    /** Does what is due. Calling it early or late does no harm. */
    public void timeout(long nowMillis) {
    }

    /** When {@link #timeout} is to be called next; Long.MAX_VALUE when there is nothing to wait for. */
    public long nextTimeoutMillis() {
        return Long.MAX_VALUE;
    }

    /** A data message of the peer was seen: the peer lives, no HELLO is needed for now. Allocates nothing. */
    public void dataSeen(long nowMillis) {
    }

    /**
     * Places an incoming call, as LAC: sends ICRQ as soon as the tunnel is established.
     *
     * @return the session; empty when the role forbids it, the tunnel is not open, its session limit is reached or
     *         the identifier asked for is in use
     */
    public Optional<Session> placeIncomingCall(CallConfig call, long nowMillis) {
        return Optional.empty();
    }

    /** Closes the tunnel and all of its sessions with a StopCCN. Does nothing when it is not open. */
    public void close(ResultCode result, long nowMillis) {
    }

    /** Drops the tunnel without a word to the peer: our SCCRQ lost to the peer's (see {@link TieBreaker}). */
    public void loseTie(long nowMillis) {
    }

    /** Where the tunnel stands. */
    public TunnelState state() {
        return TunnelState.FINISHED;
    }

    /** Our tunnel identifier: stands in what the peer sends. */
    public int localId() {
        return 0;
    }

    /** The peer's tunnel identifier: stands in what we send; 0 while not known. */
    public int remoteId() {
        return 0;
    }

    /** What the peer said about itself; empty before its SCCRP. */
    public Optional<PeerFacts> peer() {
        return Optional.empty();
    }

    /** The configuration it was made with, with the later changes. */
    public TunnelConfig config() {
        return null;
    }

    /**
     * Changes a tunnel while it is up. Hello, retry, acknowledgement and idle times, retries and the session limit take
     * effect at once; the other values only serve what is sent from now on, the local tunnel identifier never changes.
     */
    public void reconfigure(TunnelConfig config, long nowMillis) {
    }

    /** The session with this local identifier. */
    public Optional<Session> session(int localId) {
        return Optional.empty();
    }

    /** The sessions of this moment, as a view that changes with the tunnel. */
    public Collection<Session> sessions() {
        return List.of();
    }

    /** The counters, live. */
    public TunnelCounters counters() {
        return new TunnelCounters();
    }

    /** The reliable channel at this moment, for a status display. */
    public ChannelStatus channel() {
        return new ChannelStatus(0, 0, 0, 0, 0, 0, 0);
    }
}
