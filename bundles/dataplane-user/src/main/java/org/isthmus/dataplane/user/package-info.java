/**
 * The data plane that needs no kernel module: L2TP data packets over the engine's UDP socket, IP packets through TUN. Found as a service
 * of {@link org.isthmus.api.dataplane.Dataplane}; exports nothing.
 *
 * <p>Threads: a tunnel's worker brings what the peer sent ({@link org.isthmus.dataplane.user.UserTunnel#receive}); one reader thread
 * brings what the system sends ({@link org.isthmus.dataplane.user.TunReader}); one thread changes interfaces, addresses and
 * routes ({@link org.isthmus.dataplane.user.SystemNetwork}). Packets cross no queue and take no lock.
 */
package org.isthmus.dataplane.user;
