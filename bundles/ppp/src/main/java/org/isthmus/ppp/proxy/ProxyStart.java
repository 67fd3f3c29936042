package org.isthmus.ppp.proxy;

import java.util.Optional;
import org.isthmus.ppp.handshake.CollectedProof;
import org.isthmus.ppp.lcp.LcpOptions;

/** What came of a look at {@link ProxyValues}. */
public sealed interface ProxyStart {

    /**
     * The link can begin with LCP open.
     *
     * @param ours  the options that hold for us: those that the other end offered in our place
     * @param peers the options that hold for the peer
     * @param proof what the peer showed; empty: it is asked now, if our options say so
     */
    record Taken(LcpOptions ours, LcpOptions peers, Optional<CollectedProof> proof) implements ProxyStart {
    }

    /**
     * The link has to negotiate anew.
     *
     * @param why for the operator
     */
    record Refused(String why) implements ProxyStart {
    }
}
