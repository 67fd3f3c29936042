package org.isthmus.api.ppp;

/**
 * Why PPP ended.
 *
 * @param byPeer         whether the peer ended it
 * @param disconnectCode the code of RFC 3145 section 3 that a LAC is told, 0 for none
 * @param message        what happened and why, and what can be done, for the operator
 */
public record PppEnd(boolean byPeer, int disconnectCode, String message) {
}
