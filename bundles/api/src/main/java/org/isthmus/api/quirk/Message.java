package org.isthmus.api.quirk;

/**
 * Which message of a tunnel it is.
 *
 * @param type      as the RFCs write it: {@code SCCRQ}, {@code ICRQ}, {@code CDN}
 * @param tunnel    the tunnel's name
 * @param tunnelId  our tunnel id
 * @param sessionId our id of the session that it is about; 0 if it is about none, or asks for one that has no id here yet
 * @param peer      whom it comes from or goes to
 */
public record Message(String type, String tunnel, int tunnelId, int sessionId, Peer peer) {
}
