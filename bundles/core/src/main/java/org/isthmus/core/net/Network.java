package org.isthmus.core.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.IntFunction;

/** One worker's network. Used by that worker's thread only. */
public interface Network {

    /**
     * Opens a port. What arrives is handed to the worker's receiver.
     *
     * @param local the address, maybe a wildcard, and the port, 0 for any free one
     * @throws IOException with the address and the reason in words
     */
    Port open(InetSocketAddress local, PortOptions options) throws IOException;

    /**
     * Hears IP protocol 115 on every address of a family. Every worker may do so; each gets the packets of its own tunnels
     * and sessions, and a share of the requests for new ones.
     *
     * @param any the wildcard address of the family
     * @throws IOException with the reason in words, such as a right that is missing
     */
    Port openIp(InetAddress any) throws IOException;

    /**
     * Opens a port for one peer alone, at the end where a path leaves: what that peer sends there comes to it from now on, and nobody
     * else's. What comes from others in the moment in which it is made may be lost.
     *
     * @param path         the way to the peer so far, whose port stays open
     * @param tunnelId     our id of the tunnel
     * @param peerTunnelId the peer's id of it
     * @param whole        send with Don't Fragment
     * @throws IOException with the reason in words
     */
    Port openFor(PeerPath path, int tunnelId, int peerTunnelId, boolean whole) throws IOException;

    /**
     * Has the sockets of a port kept until it is closed, in case this process is killed.
     *
     * @param name the name of each socket of it, from 0
     * @return how many it has; 0 if they cannot be kept
     */
    int keep(Port port, IntFunction<String> name);

    /** Hears a port no longer, without closing it: what comes waits in its sockets. Paths through it refuse to send from then on. */
    ParkedPort park(Port port);

    /**
     * Goes on with a port that another object parked. Nothing is read from it before {@link #hear}.
     *
     * @param beside the port that it was opened beside, if it is one peer's own
     * @throws IOException if its sockets are not open any more
     */
    Port adopt(ParkedPort parked, Optional<Port> beside) throws IOException;

    /** Hears the ports that were adopted, from what has been waiting there on. */
    void hear();
}
