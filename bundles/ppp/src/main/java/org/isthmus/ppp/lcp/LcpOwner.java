package org.isthmus.ppp.lcp;

import org.isthmus.ppp.CloseReason.Cause;
import org.isthmus.ppp.negotiation.Ending;

/** What LCP tells the link that it belongs to. */
public interface LcpOwner {

    /** LCP is open. */
    void lcpUp();

    /** LCP is no longer open: either the peer negotiates anew, or the end has begun. */
    void lcpDown(boolean negotiatesAnew);

    /** LCP is over. */
    void lcpFinished(Ending ending);

    /** The reason why the link is going to end; the first one told is the one that counts. */
    void lcpFailed(Cause cause, String text);

    /** Whether it is known why the peer answers nothing, and that it may again: it is not given up meanwhile. */
    boolean peerMayBeSilent();

    /** The link must end now, for the reason that was told. */
    void lcpMustClose();

    /** The peer does not speak this protocol (RFC 1661 section 5.7). */
    void protocolRejected(int protocol);
}
