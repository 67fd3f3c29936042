package org.isthmus.core.state;

import java.net.InetSocketAddress;
import java.util.List;

import org.isthmus.api.Origin;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.protocol.tunnel.TunnelSnapshot;

/**
 * A tunnel as it is kept. Its secret is not: it is that of the tunnel or the peer profile in the configuration of the moment.
 *
 * @param name          for people; of a tunnel of ours the name of its block
 * @param origin        who asked for it
 * @param encapsulation UDP or IP
 * @param local         our address and port
 * @param remote        the peer's
 * @param protocol      what the protocol has of it
 * @param sessions      those that were up
 */
public record SavedTunnel(String name, Origin origin, Encapsulation encapsulation, InetSocketAddress local,
        InetSocketAddress remote, TunnelSnapshot protocol, List<SavedSession> sessions) {

    /** Our identifier, unsigned. */
    public int tunnelId() {
        return protocol.localId();
    }
}
