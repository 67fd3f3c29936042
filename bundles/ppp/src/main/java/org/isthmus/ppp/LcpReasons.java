package org.isthmus.ppp;

import java.util.Optional;
import org.isthmus.ppp.CloseReason.Cause;
import org.isthmus.ppp.lcp.Lcp;
import org.isthmus.ppp.negotiation.Ending;

/** Why a link ends whose LCP has come to an end. */
final class LcpReasons {
    private final LinkConfig config;
    private final Lcp lcp;

    LcpReasons(LinkConfig config, Lcp lcp) {
        this.config = config;
        this.lcp = lcp;
    }

    /** What LCP heard of the end before it could come to an end itself: the best reason there is. */
    Optional<CloseReason> foretold() {
        String refused = lcp.authenticationThatWeRefused();
        String said = lcp.automaton().peerText();
        if (!refused.isEmpty()) {
            return Optional.of(new CloseReason(Cause.WE_REFUSE_AUTHENTICATION, PppProtocol.LCP,
                    "the peer demands that we authenticate by " + refused
                            + ", and we have no name and password for that"));
        }
        if (lcp.automaton().peerTerminated()) {
            return Optional.of(new CloseReason(Cause.CLOSED_BY_PEER, 0,
                    "the peer ended the link" + (said.isEmpty() ? "" : ": '" + said + "'")));
        }
        return Optional.empty();
    }

    /** The reason where LCP ended so. */
    CloseReason of(Ending ending) {
        Optional<CloseReason> foretold = foretold();
        if (foretold.isPresent() && (ending == Ending.NO_ANSWER || ending == Ending.PEER_TERMINATED)) {
            return foretold.get();
        }
        return switch (ending) {
            case NO_ANSWER -> new CloseReason(Cause.LCP_TIMEOUT, PppProtocol.LCP, "no LCP agreement after "
                    + config.retry().maxConfigureRequests() + " Configure-Requests, "
                    + config.retry().interval().toMillis() + " ms apart");
            case CLOSED -> new CloseReason(Cause.CLOSED_LOCALLY, 0, "closed from this side");
            default -> new CloseReason(Cause.LCP_FAILED, PppProtocol.LCP, "LCP: " + ending.text());
        };
    }
}
