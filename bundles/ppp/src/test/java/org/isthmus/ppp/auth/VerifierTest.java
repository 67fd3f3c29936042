package org.isthmus.ppp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import org.isthmus.ppp.auth.AuthenticationAttempt.MsChapV1;
import org.isthmus.ppp.auth.AuthenticationAttempt.MsChapV2;
import org.isthmus.ppp.auth.AuthenticationAttempt.Pap;
import org.junit.jupiter.api.Test;

/** What a password on record accepts and refuses. */
class VerifierTest {
    private static final byte[] ALICE = octets("alice");
    private static final byte[] EIGHT = new byte[8];
    private static final byte[] SIXTEEN = new byte[16];

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static AuthenticationVerdict.Reject rejected(AuthenticationAttempt attempt, String password) {
        return assertInstanceOf(AuthenticationVerdict.Reject.class, Verifier.judge(attempt, password));
    }

    private static void accepted(AuthenticationAttempt attempt, String password) {
        assertInstanceOf(AuthenticationVerdict.Accept.class, Verifier.judge(attempt, password));
    }

    @Test
    void papComparesTheWholePassword() {
        accepted(new Pap(ALICE, octets("pässword")), "pässword");
        rejected(new Pap(ALICE, octets("passwor")), "password");
        rejected(new Pap(ALICE, octets("password1")), "password");
        rejected(new Pap(ALICE, octets("")), "password");
    }

    @Test
    void chapMd5DependsOnTheIdentifier() {
        byte[] response = ChapMd5.response(7, "secret", SIXTEEN);
        accepted(new AuthenticationAttempt.ChapMd5(ALICE, 7, SIXTEEN, response), "secret");
        rejected(new AuthenticationAttempt.ChapMd5(ALICE, 8, SIXTEEN, response), "secret");
        rejected(new AuthenticationAttempt.ChapMd5(ALICE, 7, SIXTEEN, response), "Secret");
    }

    @Test
    void aLanManagerResponseAloneIsRefused() {
        byte[] response = MsChap.challengeResponse(EIGHT, MsChap.ntPasswordHash("secret"));
        accepted(new MsChapV1(ALICE, 1, EIGHT, new byte[24], response, true), "secret");
        rejected(new MsChapV1(ALICE, 1, EIGHT, response, response, false), "secret");
    }

    @Test
    void anMsChapV2NameMayBeHashedWithItsDomainOrWithout() {
        byte[] hash = MsChap.ntPasswordHash("secret");
        byte[] name = octets("CORP\\alice");
        accepted(new MsChapV2(name, 1, SIXTEEN, SIXTEEN, MsChap.ntResponse(SIXTEEN, SIXTEEN, ALICE, hash), 0),
                "secret");
        accepted(new MsChapV2(name, 1, SIXTEEN, SIXTEEN, MsChap.ntResponse(SIXTEEN, SIXTEEN, name, hash), 0),
                "secret");
        rejected(new MsChapV2(octets("CORP\\bob"), 1, SIXTEEN, SIXTEEN,
                MsChap.ntResponse(SIXTEEN, SIXTEEN, ALICE, hash), 0), "secret");
    }

    @Test
    void aRejectIsError691WithoutAnotherTry() {
        AuthenticationVerdict.Reject reject = rejected(new Pap(ALICE, octets("wrong")), "right");
        assertEquals(691, reject.errorCode());
        assertFalse(reject.retryAllowed());
    }

    @Test
    void noPasswordAndNoResponseShowsInText() {
        Pap attempt = new Pap(octets("al\u001bice\n"), octets("hunter2"));
        assertEquals("PAP attempt of 'al?ice?'", attempt.toString());
    }
}
