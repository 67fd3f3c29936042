package org.isthmus.api.dataplane;

import java.net.InetSocketAddress;

import org.isthmus.api.config.Encapsulation;

/**
 * A tunnel, as its data path must know it. Identifiers of L2TPv3 are unsigned 32-bit numbers.
 *
 * @param name          its name, for messages
 * @param version       2 or 3
 * @param tunnelId      our id; in L2TPv2 packets to us carry it
 * @param peerTunnelId  the peer's id; in L2TPv2 packets to it carry it
 * @param encapsulation whether packets are UDP datagrams or, in L2TPv3 only, those of IP protocol 115
 * @param local         our address and port; 0 without UDP
 * @param peer          the peer's address and port; 0 without UDP
 * @param socket        the socket's file descriptor, -1 if there is none; the engine keeps owning it. It is the tunnel's alone, and
 *                      connected, for a data plane that asks for {@link Dataplane.Ability#SOCKET_PER_TUNNEL}, else shared
 */
public record TunnelSpec(String name, int version, int tunnelId, int peerTunnelId, Encapsulation encapsulation,
        InetSocketAddress local, InetSocketAddress peer, int socket) {
}
