package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.util.List;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.VendorAvp;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a tunnel wants done and tells. Called on the tunnel's thread, from within the call that caused it; every
 * method of the tunnel may be called back from here.
 *
 * <p>Order: {@link #established} comes at most once, before any event of a session save those of sessions that
 * waited for it; {@link #closed} comes exactly once, after {@link #sessionClosed} of every session;
 * {@link #finished} comes exactly once, last.
 */
@ConsumerType
public interface TunnelObserver {

    /**
     * Send this to the peer. For a trace, {@link org.isthmus.protocol.trace.MessageTrace} reads it.
     *
     * @param datagram the octets between position and limit; valid only until this method returns
     */
    void send(ByteBuffer datagram);

    /**
     * Send this to the peer with Don't Fragment, since its size is a probe of the path; see {@link Tunnel#probe}.
     *
     * @param datagram the octets between position and limit; valid only until this method returns
     */
    default void sendProbe(ByteBuffer datagram) {
        send(datagram);
    }

    /** What became of the probe of the path. */
    default void probed(Tunnel tunnel, ProbeOutcome outcome) {
    }

    /** Whether the owner knows this AVP of a vendor, so that its M bit does not speak against the message that it is in. */
    default boolean knows(ControlMessage message, int vendorId, int attribute) {
        return false;
    }

    /**
     * A message came and can be read. Comes before anything that it causes; of an SCCRQ or SCCRP before it is known whether
     * the peer is who it says.
     */
    default void received(ControlMessage message) {
    }

    /**
     * AVPs of vendors to go with a message of ours. Not asked for what must leave as it is: StopCCN, HELLO and bare
     * acknowledgements. An SCCRP that would be larger than it may be goes without.
     *
     * @param sessionId our identifier of the session that it is about, or 0
     */
    default List<VendorAvp> added(MessageType type, int sessionId) {
        return List.of();
    }

    /** The tunnel is up. */
    void established(Tunnel tunnel, PeerFacts peer);

    /**
     * The peer, as LAC, asks for a call. Answer with {@link Session#accept} or {@link Session#reject}, now or
     * later, before the session's establish timeout.
     */
    void callReceived(Session session, IncomingCall call);

    /**
     * The peer, as LNS, asks us to place a call. Comes only when {@link TunnelConfig#takeOutgoingCalls}. Answer with
     * {@link Session#accept} and then {@link Session#connect}, or with {@link Session#reject}, now or later, before
     * the session's establish timeout.
     */
    default void outgoingCallReceived(Session session, OutgoingCall call) {
    }

    /**
     * A call is up. As LNS data may flow both ways at once. As LAC the ICCN or OCCN is on its way: data may be
     * received, and sent from {@link #dataMayFlow} on.
     *
     * @param call what the ICCN or OCCN says, received or sent
     */
    void sessionEstablished(Session session, ConnectedCall call);

    /** As LAC: the peer has acknowledged our ICCN or OCCN, so that it is ready for data. */
    void dataMayFlow(Session session);

    /**
     * The control channel was brought back after a failure of either end (RFC 4951): sessions that both ends had go on.
     * Those that only one had are told by {@link #sessionClosed}, some of them later. Of a tunnel made by
     * {@link Tunnel#recover} this comes in the place of {@link #established}.
     */
    default void recovered(Tunnel tunnel) {
    }

    /**
     * Lends a tunnel identifier for a recovery tunnel (RFC 4951), which is not one of the identifiers of tunnels before a
     * failure. Until {@link #returnTunnelId}, what comes for it goes to {@link Tunnel#receive} of this tunnel. 0 when
     * there is none; then nothing can be recovered, as with an observer that does not do this.
     */
    default int lendTunnelId() {
        return 0;
    }

    /** Takes an identifier of {@link #lendTunnelId} back. */
    default void returnTunnelId(int id) {
    }

    /** A session is over; its identifiers no longer belong to it. */
    void sessionClosed(Session session, CloseCause cause);

    /** The tunnel is over; its identifier stays in use until {@link #finished}. */
    void closed(Tunnel tunnel, CloseCause cause);

    /** Nothing is left to do: forget the tunnel, its identifier may be released. */
    void finished(Tunnel tunnel);

    /** As LNS a WEN, as LAC an SLI came for a session; it has been acknowledged and needs no answer. */
    default void sessionNotice(Session session, ControlMessage message) {
    }

    /** In version 3: the peer says that its end can or cannot carry traffic; see {@link Session#data}. */
    default void circuitChanged(Session session, CircuitStatus circuit) {
    }

    /**
     * A session that waited for the tunnel has another local identifier, since the tunnel came up in version 2. Comes
     * before anything else is told of the session.
     */
    default void sessionRenumbered(Session session, int formerId) {
    }

    /**
     * Something of a session is another now that {@link Session#checkpoint} has, maybe that it is there, or that it is closed. It may be in
     * the middle of a change: what is to be done about it is done later.
     */
    default void sessionTouched(Session session) {
    }

    /** As LNS: the LAC says that the line of a session has other speeds now (RFC 5515). */
    default void speedChanged(Session session, ConnectedCall call) {
    }
}
