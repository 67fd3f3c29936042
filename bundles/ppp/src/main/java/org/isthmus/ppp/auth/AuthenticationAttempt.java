package org.isthmus.ppp.auth;

/**
 * What a peer sent to prove who it is, complete enough to be judged here or by a RADIUS server. The arrays belong to
 * whoever receives the attempt; two attempts are never equal unless they are the same object. {@code toString} shows
 * the name only.
 */
public sealed interface AuthenticationAttempt {

    /** The user name exactly as it was sent, 0 to 255 octets. */
    byte[] nameOctets();

    /** The protocol that was used. */
    AuthenticationProtocol protocol();

    /**
     * The user name for look-ups, logs and people: read as UTF-8, and control characters replaced by {@code '?'}.
     * It is never to be used where the octets matter (hashes, RADIUS attributes).
     */
    String name();

    /** PAP, RFC 1334 section 2.2.1. */
    final class Pap extends NamedAttempt implements AuthenticationAttempt {
        private final byte[] password;

        /** @param password the clear-text password, 0 to 255 octets */
        public Pap(byte[] name, byte[] password) {
            super(AuthenticationProtocol.PAP, name);
            this.password = password;
        }

        /** The clear-text password, 0 to 255 octets. */
        public byte[] password() {
            return password;
        }
    }

    /** CHAP with MD5, RFC 1994 section 4.1. */
    final class ChapMd5 extends NamedAttempt implements AuthenticationAttempt {
        private final int identifier;
        private final byte[] challenge;
        private final byte[] response;

        /**
         * @param identifier the packet's identifier, 0 to 255; it is part of the hash
         * @param challenge what we sent, 1 to 255 octets
         * @param response 16 octets
         */
        public ChapMd5(byte[] name, int identifier, byte[] challenge, byte[] response) {
            super(AuthenticationProtocol.CHAP_MD5, name);
            this.identifier = identifier;
            this.challenge = challenge;
            this.response = response;
        }

        /** The packet's identifier, 0 to 255. */
        public int identifier() {
            return identifier;
        }

        /** What we sent. */
        public byte[] challenge() {
            return challenge;
        }

        /** What came back, 16 octets. */
        public byte[] response() {
            return response;
        }
    }

    /** MS-CHAP version 1, RFC 2433 section 3. */
    final class MsChapV1 extends NamedAttempt implements AuthenticationAttempt {
        private final int identifier;
        private final byte[] challenge;
        private final byte[] lmResponse;
        private final byte[] ntResponse;
        private final boolean ntResponseUsed;

        /**
         * @param identifier the packet's identifier, 0 to 255
         * @param challenge what we sent, 8 octets
         * @param lmResponse 24 octets, of no use unless ntResponseUsed is false
         * @param ntResponse 24 octets
         * @param ntResponseUsed the flag of the response: judge by the NT response
         */
        public MsChapV1(byte[] name, int identifier, byte[] challenge, byte[] lmResponse, byte[] ntResponse,
                boolean ntResponseUsed) {
            super(AuthenticationProtocol.MSCHAP_V1, name);
            this.identifier = identifier;
            this.challenge = challenge;
            this.lmResponse = lmResponse;
            this.ntResponse = ntResponse;
            this.ntResponseUsed = ntResponseUsed;
        }

        /** The packet's identifier, 0 to 255. */
        public int identifier() {
            return identifier;
        }

        /** What we sent, 8 octets. */
        public byte[] challenge() {
            return challenge;
        }

        /** The LAN Manager response, 24 octets. */
        public byte[] lmResponse() {
            return lmResponse;
        }

        /** The NT response, 24 octets. */
        public byte[] ntResponse() {
            return ntResponse;
        }

        /** Whether the peer asks to be judged by the NT response. */
        public boolean ntResponseUsed() {
            return ntResponseUsed;
        }
    }

    /** MS-CHAP version 2, RFC 2759 section 4. */
    final class MsChapV2 extends NamedAttempt implements AuthenticationAttempt {
        private final int identifier;
        private final byte[] challenge;
        private final byte[] peerChallenge;
        private final byte[] ntResponse;
        private final int flags;

        /**
         * @param identifier the packet's identifier, 0 to 255
         * @param challenge the authenticator challenge, which we sent, 16 octets
         * @param peerChallenge 16 octets
         * @param ntResponse 24 octets
         * @param flags the last octet of the response, 0 by the RFC
         */
        public MsChapV2(byte[] name, int identifier, byte[] challenge, byte[] peerChallenge, byte[] ntResponse,
                int flags) {
            super(AuthenticationProtocol.MSCHAP_V2, name);
            this.identifier = identifier;
            this.challenge = challenge;
            this.peerChallenge = peerChallenge;
            this.ntResponse = ntResponse;
            this.flags = flags;
        }

        /** The packet's identifier, 0 to 255. */
        public int identifier() {
            return identifier;
        }

        /** The authenticator challenge, 16 octets. */
        public byte[] challenge() {
            return challenge;
        }

        /** The peer challenge, 16 octets. */
        public byte[] peerChallenge() {
            return peerChallenge;
        }

        /** The NT response, 24 octets. */
        public byte[] ntResponse() {
            return ntResponse;
        }

        /** The flags octet, 0 to 255. */
        public int flags() {
            return flags;
        }
    }
}
