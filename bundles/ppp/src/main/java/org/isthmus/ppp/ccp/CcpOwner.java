package org.isthmus.ppp.ccp;

import org.isthmus.ppp.negotiation.Ending;

/** What CCP tells the link that it belongs to. */
public interface CcpOwner {

    /** Both ends encrypt from now on, as {@link Ccp#agreed} says. */
    void ccpUp();

    /** CCP is open, but the peer does not take what is encrypted: it has to be closed. */
    void ccpUnusable();

    /** Packets may not pass any more. */
    void ccpDown();

    /**
     * CCP is over.
     *
     * @param detail more than the ending says, or empty
     */
    void ccpFinished(Ending ending, String detail);
}
