package org.isthmus.protocol.tunnel;

/**
 * What a LAC says about a call that it places.
 *
 * @param sessionId a fixed local session identifier, 1 to 65535, or 0 to draw one at random
 * @param request   what the ICRQ says
 * @param connected what the ICCN says
 */
public record CallConfig(int sessionId, IncomingCall request, ConnectedCall connected) {
}
