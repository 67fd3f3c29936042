package org.isthmus.api;

/**
 * Why something went down.
 *
 * @param byPeer     whether the peer ended it
 * @param resultCode the Result Code of StopCCN or CDN (RFC 2661 section 4.4.2), 0 where there was none
 * @param errorCode  the Error Code, 0 where there was none
 * @param message    what happened and why, in words
 */
public record Cause(boolean byPeer, int resultCode, int errorCode, String message) {
    /** Nothing has gone wrong so far. */
    public static final Cause NONE = new Cause(false, 0, 0, "");
}
