package org.isthmus.protocol.tunnel;

import java.util.Optional;
import org.isthmus.protocol.tunnel.CloseCause.Kind;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;
import org.isthmus.protocol.wire.SuggestedSequence;
import org.isthmus.protocol.wire.TunnelRecovery;

/**
 * What makes a tunnel a recovery tunnel (RFC 4951 section 3.2.1).
 *
 * @param asks     as originator: the old tunnel
 * @param suggests as receiver: where the control channel of the old tunnel is to go on
 * @param peer     who was at the other end of the old tunnel
 */
record RecoveryTerms(Optional<TunnelRecovery> asks, Optional<SuggestedSequence> suggests, PeerFacts peer) {

    /** What speaks against the other end, once it has said who it is; null when it is the same as before. */
    CloseCause judge(PeerFacts facts) {
        boolean same = isSameName(facts.hostName(), peer.hostName())
                && facts.v3().map(V3Facts::routerId).equals(peer.v3().map(V3Facts::routerId));
        if (!same) {
            return refusal("the end of the recovery tunnel is \"" + facts.hostName() + "\", that of the tunnel was \""
                    + peer.hostName() + "\"");
        }
        return isDigested(peer) && !isDigested(facts)
                ? refusal("the messages of the recovery tunnel are not authenticated, those of the tunnel were") : null;
    }

    /** An SCCRP may have only the beginning of a name: see {@link Shedding}. */
    private static boolean isSameName(String one, String other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    private static boolean isDigested(PeerFacts facts) {
        return facts.v3().map(V3Facts::authenticated).orElse(false);
    }

    private static CloseCause refusal(String words) {
        return CloseCause.of(Kind.AUTHENTICATION, ResultCode.of(StopResult.NOT_AUTHORIZED, ""), words);
    }
}
