package org.isthmus.protocol.wire;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Tunnel authentication: MD5(identifier + secret + challenge), where the identifier is the type of the message that
 * carries the response, 2 for SCCRP and 3 for SCCCN (RFC 2661 sections 4.4.3 and 5.1.1).
 */
public final class ChallengeResponse {

    /** Octets of a response. */
    public static final int BYTES = Md5.BYTES;

    private ChallengeResponse() {
    }

    /** The response to a challenge, to be carried by this message. */
    public static byte[] of(MessageType carrier, byte[] secret, byte[] challenge) {
        MessageDigest md5 = Md5.digest();
        md5.update((byte) carrier.code());
        md5.update(secret);
        md5.update(challenge);
        return md5.digest();
    }

    /**
     * Whether a received response is the right one. Takes the same time whatever is wrong with it. Octets after the
     * sixteenth are ignored: some peers send 22.
     */
    public static boolean matches(byte[] received, MessageType carrier, byte[] secret, byte[] challenge) {
        return received.length >= BYTES
                && MessageDigest.isEqual(Arrays.copyOf(received, BYTES), of(carrier, secret, challenge));
    }
}
