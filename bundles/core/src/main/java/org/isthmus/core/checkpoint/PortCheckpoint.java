package org.isthmus.core.checkpoint;

import java.net.InetSocketAddress;
import java.util.Optional;

import org.isthmus.core.net.ParkedPort;

/**
 * An open port.
 *
 * @param use    what it is for
 * @param port   the port, its sockets as places in the parcel's list
 * @param beside of a tunnel's own port: the place of the one that it was opened beside
 * @param ours   of a port that tunnels of ours leave from
 * @param kept   its number in the worker's journal, by which its sockets are kept in case the process is killed; 0 if they are not
 */
public record PortCheckpoint(Use use, ParkedPort port, int beside, Optional<Ours> ours, int kept) {

    /** What a port is for. */
    public enum Use {
        /** Peers are heard on it. */
        LISTENING,
        /** Tunnels of ours leave from it. */
        OURS,
        /** It is one tunnel's own. */
        TUNNEL
    }

    /**
     * By what tunnels of ours find their port.
     *
     * @param wanted the address that they ask for, port 0 for any
     * @param tunnel the name of the only tunnel that has it, or empty
     */
    public record Ours(InetSocketAddress wanted, String tunnel) {
    }
}
