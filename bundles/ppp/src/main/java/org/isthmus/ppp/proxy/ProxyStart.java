package org.isthmus.ppp.proxy;

import java.util.Optional;
import org.isthmus.ppp.auth.CollectedProof;

/** What came of a look at {@link ProxyValues}. */
public sealed interface ProxyStart {

    /**
     * The link can begin with LCP open.
     *
     * @param ours  the LCP options that hold for us, as on the wire: those that the other end offered in our place
     * @param peers the LCP options that hold for the peer, as on the wire
     * @param proof what the peer showed; empty: it is asked now, if our options say so
     */
    record Taken(byte[] ours, byte[] peers, Optional<CollectedProof> proof) implements ProxyStart {
    }

    /**
     * The link has to negotiate anew.
     *
     * @param why for the operator
     */
    record Refused(String why) implements ProxyStart {
    }
}
