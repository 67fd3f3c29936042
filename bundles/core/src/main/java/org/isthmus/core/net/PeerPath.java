package org.isthmus.core.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import org.isthmus.api.config.Encapsulation;

/** The way to one peer. Immutable; any thread may send. */
public interface PeerPath {

    Encapsulation encapsulation();

    /** The port that it leaves through. */
    Port port();

    /** The peer's address and port; port 0 over IP. */
    InetSocketAddress remote();

    /** Our address and port, the address a wildcard if the system chooses it. */
    InetSocketAddress local();

    /** The file descriptor of the port's socket, -1 where there is none. */
    int descriptor();

    /** Whether an arrival comes from this very peer: same address and port. Allocates nothing. */
    boolean isSourceOf(Arrival arrival);

    /** Whether an arrival comes from the peer's address, on whatever port. Allocates nothing. */
    boolean isHostOf(Arrival arrival);

    /**
     * Sends what lies between position and limit of a direct buffer, which stays as it is. Allocates nothing, save for the first
     * packet of a DSCP.
     *
     * @param dscp  the DSCP in its IP header, 0 to 63
     * @param whole with Don't Fragment: it arrives in one piece or not at all
     * @return 0, or a negative errno
     */
    int send(ByteBuffer packet, int dscp, boolean whole);
}
