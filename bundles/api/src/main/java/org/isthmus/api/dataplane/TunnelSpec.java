package org.isthmus.api.dataplane;

import java.net.InetSocketAddress;

/**
 * A tunnel, as its data path must know it.
 *
 * @param name         its name, for messages
 * @param version      2 or 3
 * @param tunnelId     our id, which packets to us carry
 * @param peerTunnelId the peer's id, which packets to it carry
 * @param local        our address and port
 * @param peer         the peer's address and port
 * @param socket       the UDP socket's file descriptor; the engine keeps owning it
 */
public record TunnelSpec(String name, int version, int tunnelId, int peerTunnelId, InetSocketAddress local,
        InetSocketAddress peer, int socket) {
}
