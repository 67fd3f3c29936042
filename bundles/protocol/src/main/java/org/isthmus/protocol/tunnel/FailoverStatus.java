package org.isthmus.protocol.tunnel;

/**
 * How a tunnel stands with failover (RFC 4951), for a status display; {@link Counter#RECOVERIES} and
 * {@link Counter#SESSIONS_NOT_RECOVERED} count what happened.
 *
 * @param capable     both ends said that they can recover the control connection
 * @param awaitsPeer  the peer acknowledges nothing, and is waited for: it may have failed
 * @param recoveredAt when it was recovered last, in the time of the tunnel; counts only after a recovery
 * @param unconfirmed sessions that the peer was asked for and has not answered for
 */
public record FailoverStatus(boolean capable, boolean awaitsPeer, long recoveredAt, int unconfirmed) {
}
