package org.isthmus.ppp.ncp;

import org.isthmus.ppp.Network;
import org.isthmus.ppp.NetworkFamily;
import org.isthmus.ppp.negotiation.Ending;

/** What a network control protocol tells the link that it belongs to. */
public interface NcpOwner {

    /** The network protocol is open. */
    void ncpUp(Network network);

    /** The network protocol is open, but by an agreement that is of no use: it has to be closed. */
    void ncpUnusable(NetworkFamily family);

    /** The network protocol is no longer open. */
    void ncpDown(NetworkFamily family);

    /**
     * The network control protocol is over.
     *
     * @param detail more than the ending says, or empty
     */
    void ncpFinished(NetworkFamily family, Ending ending, String detail);

    /** The largest packet that may be sent, octets. */
    int mtu();
}
