package org.isthmus.api.auth;

import org.isthmus.api.config.Secret;

/** What a peer showed to prove who it is. Arrays are not copied: nobody may change them. */
public sealed interface Credentials {

    /** PAP (RFC 1334): the password itself. */
    record Pap(Secret password) implements Credentials {
    }

    /**
     * CHAP with MD5 (RFC 1994).
     *
     * @param identifier the CHAP identifier, 0 to 255
     * @param challenge  what we sent
     * @param response   16 bytes
     */
    record ChapMd5(int identifier, byte[] challenge, byte[] response) implements Credentials {
        @Override
        public String toString() {
            return "ChapMd5";
        }
    }

    /**
     * MS-CHAP version 1 (RFC 2433).
     *
     * @param challenge  8 bytes, what we sent
     * @param ntResponse 24 bytes
     */
    record MsChapV1(byte[] challenge, byte[] ntResponse) implements Credentials {
        @Override
        public String toString() {
            return "MsChapV1";
        }
    }

    /**
     * MS-CHAP version 2 (RFC 2759).
     *
     * @param challenge     16 bytes, what we sent
     * @param peerChallenge 16 bytes, what the peer added
     * @param ntResponse    24 bytes
     * @param identifier    the CHAP identifier, 0 to 255
     */
    record MsChapV2(byte[] challenge, byte[] peerChallenge, byte[] ntResponse, int identifier) implements Credentials {
        @Override
        public String toString() {
            return "MsChapV2";
        }
    }
}
