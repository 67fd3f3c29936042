package org.isthmus.protocol.tunnel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.isthmus.protocol.channel.ChannelCheckpoint;
import org.isthmus.protocol.wire.DigestType;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.SuggestedSequence;
import org.isthmus.protocol.wire.TunnelRecovery;

/**
 * All of a tunnel at one moment, in any of its states, so that {@link Tunnel#resume} can go on with it in another object, without a
 * word to the peer. The configuration is not part of it: it is that of whoever goes on, save for what the tunnel has by itself. Times
 * are relative to that moment, Long.MAX_VALUE for never.
 *
 * @param localId        our tunnel identifier, unsigned
 * @param remoteId       the peer's, unsigned; 0 while not known
 * @param state          where it stands
 * @param version        the version that it has, or tries first
 * @param fallback       whether the other version may still come of it
 * @param tieBreaker     the value that our SCCRQ had
 * @param overBudget     {@link TunnelConfig#allowReplyOverBudget}
 * @param peer           what the peer said about itself
 * @param channel        the reliable channel
 * @param deadlines      what is waited for
 * @param request        the SCCRQ that we answered; empty for an originator
 * @param replySentAgo   when the SCCRP was sent last
 * @param heard          whether the peer was ever heard
 * @param authentication of version 3
 * @param challenge      our challenge that is still to be answered, of version 2; empty when there is none
 * @param phb            the PHB code that both ends agreed on
 * @param suggestion     as originator of a recovery tunnel: where the old tunnel goes on
 * @param failover       how it stands with failover
 * @param sessions       its calls, in the order of their coming
 * @param resting        session identifiers of version 2 that are not lent again yet, in the order of their coming back
 * @param counters       the tunnel's counters
 */
public record TunnelCheckpoint(int localId, int remoteId, TunnelState state, ProtocolVersion version, boolean fallback,
        OptionalLong tieBreaker, boolean overBudget, Optional<PeerFacts> peer, ChannelCheckpoint channel, Times deadlines,
        byte[] request, long replySentAgo, boolean heard, Digests authentication, byte[] challenge, OptionalInt phb,
        SuggestedSequence suggestion, Recoveries failover, List<SessionCheckpoint> sessions, List<RestingId> resting,
        Counts counters) {

    /** The same with these calls, and identifiers that are not given away again yet. */
    public TunnelCheckpoint with(List<SessionCheckpoint> calls, List<RestingId> idsAtRest) {
        return new TunnelCheckpoint(localId, remoteId, state, version, fallback, tieBreaker, overBudget, peer, channel, deadlines, request,
                replySentAgo, heard, authentication, challenge, phb, suggestion, failover, calls, idsAtRest, counters);
    }

    /**
     * What a control connection waits for; see {@link Deadlines}.
     *
     * @param created       when it was made
     * @param established   when it came up
     * @param heard         when the peer was heard last
     * @param idleSince     when sessions changed last
     * @param lingerUntil   when it is forgotten
     * @param jitterPercent by how much the next HELLO is early
     */
    public record Times(long created, long established, long heard, long idleSince, long lingerUntil, int jitterPercent) {
    }

    /**
     * Control message authentication of version 3.
     *
     * @param enabled     whether messages are authenticated
     * @param digest      how
     * @param localNonce  ours
     * @param remoteNonce the peer's
     * @param nonceSent   whether the peer has ours
     */
    public record Digests(boolean enabled, DigestType digest, byte[] localNonce, byte[] remoteNonce, boolean nonceSent) {
    }

    /**
     * Failover (RFC 4951).
     *
     * @param told         what the peer was told of ours
     * @param giveUpIn     when the peer will have given up a tunnel that we try to get back
     * @param askIn        when the next attempt is due
     * @param recoveredAgo when it was recovered last; Long.MAX_VALUE if it never was
     * @param unconfirmed  our identifiers of the sessions that the peer was asked for
     * @param tunnels      the recovery tunnels that there are, by our identifier
     */
    public record Recoveries(Optional<FailoverCapability> told, long giveUpIn, long askIn, long recoveredAgo,
            List<Integer> unconfirmed, List<Recovery> tunnels) {
    }

    /**
     * A recovery tunnel.
     *
     * @param asks      whether this end failed and asks
     * @param current   whether it is the one that counts of those that ask
     * @param up        whether the ends know each other again
     * @param over      whether it can bring nothing back any more
     * @param establish how long it may take, in milliseconds
     * @param old       what we ask for
     * @param suggests  where the end that failed is to go on
     * @param tunnel    the tunnel itself
     */
    public record Recovery(boolean asks, boolean current, boolean up, boolean over, long establish, Optional<TunnelRecovery> old,
            Optional<SuggestedSequence> suggests, TunnelCheckpoint tunnel) {
    }

    /** An identifier that is lent again in so many milliseconds, at the earliest. */
    public record RestingId(int id, long forMillis) {
    }

    /** What was counted, by the names of {@link Counter} and {@link MessageType}; what is 0 is left out. */
    public record Counts(Map<String, Long> counters, Map<String, Long> received, Map<String, Long> sent) {
    }
}
