package org.isthmus.core.engine;

import java.nio.charset.StandardCharsets;

import org.isthmus.api.auth.Credentials;
import org.isthmus.api.auth.MppeKeys;
import org.isthmus.api.config.Secret;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.mppe.StartKeys;

/** From PPP's view of what a user showed to the one of the api. */
final class Attempts {
    private Attempts() {
    }

    static Credentials credentials(AuthenticationAttempt attempt) {
        if (attempt instanceof AuthenticationAttempt.Pap pap) {
            return new Credentials.Pap(Secret.of(new String(pap.password(), StandardCharsets.UTF_8)));
        }
        if (attempt instanceof AuthenticationAttempt.ChapMd5 chap) {
            return new Credentials.ChapMd5(chap.identifier(), chap.challenge(), chap.response());
        }
        if (attempt instanceof AuthenticationAttempt.MsChapV1 chap) {
            return new Credentials.MsChapV1(chap.challenge(), chap.ntResponse());
        }
        AuthenticationAttempt.MsChapV2 chap = (AuthenticationAttempt.MsChapV2) attempt;
        return new Credentials.MsChapV2(chap.challenge(), chap.peerChallenge(), chap.ntResponse(), chap.identifier());
    }

    /** The word of the configuration file for a method. */
    static String word(AuthenticationProtocol protocol) {
        return switch (protocol) {
            case MSCHAP_V2 -> "mschapv2";
            case CHAP_MD5 -> "chap";
            case MSCHAP_V1 -> "mschapv1";
            case PAP -> "pap";
        };
    }

    /** What a judge says that encryption starts from. */
    static StartKeys keys(MppeKeys keys) {
        return StartKeys.of(keys.send(), keys.receive(), keys.shortSend(), keys.shortReceive());
    }
}
