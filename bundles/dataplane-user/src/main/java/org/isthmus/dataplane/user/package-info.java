/**
 * The data plane that needs no kernel module: L2TP data packets over the engine's socket, IP packets through TUN, Ethernet frames through
 * TAP. Found as a service of {@link org.isthmus.api.dataplane.Dataplane}; exports nothing.
 *
 * <p>Threads: a tunnel's worker brings what the peer sent ({@link org.isthmus.dataplane.user.UserTunnel#receive}); a few reader threads
 * bring what the system sends ({@link org.isthmus.dataplane.user.TunReader}); one thread changes interfaces, addresses, routes and
 * bridges ({@link org.isthmus.linux.SystemThread}). Packets cross no queue and take no lock.
 */
package org.isthmus.dataplane.user;
