package org.isthmus.core.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** An open UDP port of one worker. */
public interface UdpPort {

    /** The address and port that it is bound to. */
    InetSocketAddress local();

    /**
     * The way to a peer through this port.
     *
     * @param remote the peer's address and port
     * @param local  the address that packets leave from, where that matters
     */
    PeerPath pathTo(InetSocketAddress remote, Optional<InetAddress> local);

    /** Closes the port. Paths through it refuse to send from then on. */
    void close();
}
