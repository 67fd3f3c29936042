package org.isthmus.ppp.auth;

import java.util.Optional;
import org.isthmus.ppp.mppe.StartKeys;

/** The answer to an {@link AuthenticationAttempt}. */
public sealed interface AuthenticationVerdict {

    /** Accepts, with no text for the peer. Not enough for MS-CHAPv2: see {@link Accept}. */
    static AuthenticationVerdict accept() {
        return new Accept("", "");
    }

    /** Rejects for a bad name or password, without another try. */
    static AuthenticationVerdict reject(String message) {
        return new Reject(message, MsChapFailure.AUTHENTICATION_FAILURE, false);
    }

    /**
     * The peer is who it says.
     *
     * @param message text for the peer, may be empty
     * @param authenticatorResponse for MS-CHAPv2 {@code S=} and 40 hexadecimal digits (RFC 2759 section 5), by which
     *        we prove to the peer that we know its password; else empty. Without it an MS-CHAPv2 peer is refused,
     *        since it would refuse us.
     * @param keys what encryption starts from after MS-CHAP; without them a link that requires it ends
     */
    record Accept(String message, String authenticatorResponse, Optional<StartKeys> keys)
            implements AuthenticationVerdict {
        /** Without keys. */
        public Accept(String message, String authenticatorResponse) {
            this(message, authenticatorResponse, Optional.empty());
        }
    }

    /**
     * The peer is not let in.
     *
     * @param message text for the peer: PAP and CHAP-MD5 send it as it is, MS-CHAPv2 as {@code M=}
     * @param errorCode the {@code E=} of MS-CHAP, see {@link MsChapFailure}
     * @param retryAllowed the {@code R=} of MS-CHAP; with the other protocols the peer may try again too. The link
     *        ends such tries after {@value MsChapFailure#MAX_TRIES}.
     */
    record Reject(String message, int errorCode, boolean retryAllowed) implements AuthenticationVerdict {
    }
}
