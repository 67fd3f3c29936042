package org.isthmus.ppp;

/**
 * Why a link ended. The first three parts are those of the PPP Disconnect Cause Code AVP of L2TP, RFC 3145.
 *
 * @param cause what happened
 * @param protocol the number of the control protocol that it happened to, 0 for the link as a whole
 * @param text the same in words for an operator; what the peer sent is quoted and free of control characters
 */
public record CloseReason(Cause cause, int protocol, String text) {

    /** What can end a link, with the code and direction of RFC 3145 section 3. */
    public enum Cause {
        /** {@link PppLink#lowerDown}: the session below went away. */
        LOWER_LAYER_DOWN(0, 0),
        /** {@link PppLink#close}: an order from this side. */
        CLOSED_LOCALLY(3, 2),
        /** The peer sent a Terminate-Request. */
        CLOSED_BY_PEER(3, 1),
        /** LCP: no answer to our Configure-Requests. */
        LCP_TIMEOUT(5, 0),
        /** LCP: the two sides did not agree, or a packet made it impossible to go on. */
        LCP_FAILED(0, 0),
        /** Our own packets come back. */
        LOOPED_BACK(7, 0),
        /** Echo-Requests are not answered. */
        PEER_DEAD(8, 0),
        /** The authentication took too long. */
        AUTHENTICATION_TIMEOUT(13, 0),
        /** The peer refuses every protocol by which we wish to know it. */
        PEER_REFUSES_AUTHENTICATION(15, 1),
        /** The peer demands a proof that we cannot or will not give. */
        WE_REFUSE_AUTHENTICATION(15, 2),
        /** The peer did not prove who it is. */
        PEER_NOT_AUTHENTICATED(16, 1),
        /** The peer did not accept who we are, or could not prove to know our password. */
        WE_ARE_NOT_AUTHENTICATED(16, 2),
        /** Encryption is required here, and the peer refuses it. */
        ENCRYPTION_REFUSED(4, 1),
        /** Encryption is required here, and this end cannot do it: no keys, or a data path without it. */
        ENCRYPTION_IMPOSSIBLE(0, 0),
        /** No network protocol opened. */
        NO_NETWORK_PROTOCOL(18, 0),
        /** There is no address for the peer. */
        NO_ADDRESS(20, 2);

        private final int disconnectCode;
        private final int direction;

        Cause(int disconnectCode, int direction) {
            this.disconnectCode = disconnectCode;
            this.direction = direction;
        }

        /** Disconnect Code of RFC 3145. */
        public int disconnectCode() {
            return disconnectCode;
        }

        /** Direction of RFC 3145: 0 both, 1 at the peer, 2 here. */
        public int direction() {
            return direction;
        }
    }
}
