package org.isthmus.linux.l2tp;

/**
 * What the kernel says of a session.
 *
 * @param tunnelId      our id of its tunnel
 * @param sessionId     our id of the session
 * @param interfaceName the interface of a session that carries Ethernet, or the unit of one that carries PPP; or empty
 * @param statistics    what has passed
 */
public record SessionInfo(int tunnelId, int sessionId, String interfaceName, SessionStatistics statistics) {
}
