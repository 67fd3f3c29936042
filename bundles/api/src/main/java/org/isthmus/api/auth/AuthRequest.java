package org.isthmus.api.auth;

/**
 * A PPP user to be judged.
 *
 * @param user        the name that the peer gave
 * @param ourName     our own name towards it, as in the secrets file's second column
 * @param credentials what it showed
 * @param tunnel      the tunnel's name, for messages and policies
 * @param tunnelId    our tunnel id
 * @param sessionId   our session id
 * @param calling     the Calling Number AVP, or empty
 * @param called      the Called Number AVP, or empty
 */
public record AuthRequest(String user, String ourName, Credentials credentials, String tunnel, int tunnelId,
        int sessionId, String calling, String called) {
}
