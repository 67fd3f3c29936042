package org.isthmus.core.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.auth.Credentials;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.UserSecret;
import org.isthmus.ppp.auth.MsChap;
import org.junit.jupiter.api.Test;

class LocalUsersTest {
    private final LocalUsers users = new LocalUsers();

    private static UserSecret line(String user, String server, String password, String... addresses) {
        return new UserSecret(user, server, Secret.of(password), List.of(addresses), "l2tp-secrets:7");
    }

    private static AuthRequest request(String user, Credentials credentials) {
        return new AuthRequest(user, "lns", credentials, "office", 1, 2, "", "");
    }

    private AuthVerdict judge(String user, Credentials credentials) {
        return users.judge(request(user, credentials)).toCompletableFuture().join();
    }

    private AuthVerdict pap(String user, String password) {
        return judge(user, new Credentials.Pap(Secret.of(password)));
    }

    private static AuthVerdict.Accept accepted(AuthVerdict verdict) {
        return assertInstanceOf(AuthVerdict.Accept.class, verdict);
    }

    private static Credentials chapMd5(String password) {
        byte[] challenge = {1, 2, 3, 4};
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update((byte) 9);
            md5.update(password.getBytes(StandardCharsets.UTF_8));
            return new Credentials.ChapMd5(9, challenge, md5.digest(challenge));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Credentials msChapV1(String password) {
        byte[] challenge = {8, 7, 6, 5, 4, 3, 2, 1};
        return new Credentials.MsChapV1(challenge,
                MsChap.challengeResponse(challenge, MsChap.ntPasswordHash(password)));
    }

    private static Credentials msChapV2(String hashedName, String password) {
        byte[] challenge = new byte[16];
        byte[] peerChallenge = new byte[16];
        peerChallenge[3] = 1;
        return new Credentials.MsChapV2(challenge, peerChallenge, MsChap.ntResponse(challenge, peerChallenge,
                hashedName.getBytes(StandardCharsets.UTF_8), MsChap.ntPasswordHash(password)), 4);
    }

    @Test
    void everyProtocolProvesThePassword() {
        users.replace(List.of(line("ann", "*", "secret")));
        for (Credentials good : List.of(new Credentials.Pap(Secret.of("secret")), chapMd5("secret"),
                msChapV1("secret"), msChapV2("ann", "secret"))) {
            accepted(judge("ann", good));
        }
        for (Credentials bad : List.of(new Credentials.Pap(Secret.of("wrong")), chapMd5("wrong"), msChapV1("wrong"),
                msChapV2("ann", "wrong"), msChapV2("bob", "secret"))) {
            assertInstanceOf(AuthVerdict.Reject.class, judge("ann", bad));
        }
    }

    /** The example of RFC 2759 section 9.2. */
    @Test
    void theExampleOfTheRfcIsAcceptedAndAnswered() {
        HexFormat hex = HexFormat.of();
        users.replace(List.of(line("User", "*", "clientPass")));
        AuthVerdict.Accept accept = accepted(judge("User", new Credentials.MsChapV2(
                hex.parseHex("5b5d7c7d7b3f2f3e3c2c602132262628"), hex.parseHex("21402324255e262a28295f2b3a337c7e"),
                hex.parseHex("82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df"), 1)));
        assertEquals("S=407A5589115FD0D6209F510FE9C04566932CDA56", accept.authenticatorResponse());
    }

    @Test
    void theUsersOwnLineCountsBeforeThatOfAnyAndForEachTheServers() {
        users.replace(List.of(line("*", "*", "any-any"), line("*", "lns", "any-lns"), line("ann", "*", "ann-any"),
                line("ann", "lns", "ann-lns"), line("ann", "other", "ann-other"), line("bob", "*", "bob-any"),
                line("bob", "*", "bob-second")));
        accepted(pap("ann", "ann-lns"));
        accepted(pap("bob", "bob-any"));
        accepted(pap("cid", "any-lns"));
        assertInstanceOf(AuthVerdict.Reject.class, pap("ann", "any-lns"));
        assertInstanceOf(AuthVerdict.Reject.class, pap("bob", "bob-second"), "the first of two lines counts");
        users.replace(List.of(line("*", "*", "any-any")));
        accepted(pap("cid", "any-any"));
    }

    @Test
    void aUserOfAnotherServerIsUnknown() {
        users.replace(List.of(line("ann", "other", "secret")));
        assertInstanceOf(AuthVerdict.Unknown.class, pap("ann", "secret"));
        assertInstanceOf(AuthVerdict.Unknown.class, pap("bob", "secret"));
        assertInstanceOf(AuthVerdict.Unknown.class, pap("bob", "\u0000"), "what stands in for a missing password");
    }

    @Test
    void aReplacedUserIsGone() {
        users.replace(List.of(line("ann", "*", "secret")));
        users.replace(List.of());
        assertInstanceOf(AuthVerdict.Unknown.class, pap("ann", "secret"));
    }

    @Test
    void aSingleAddressIsGrantedAndOthersAreLeftToThePool() {
        users.replace(List.of(line("one", "*", "p", "10.0.0.7"), line("block", "*", "p", "10.0.0.0/24"),
                line("two", "*", "p", "10.0.0.7", "10.0.0.8"), line("any", "*", "p", "*"), line("bare", "*", "p"),
                line("none", "*", "p", "-")));
        assertEquals("10.0.0.7", accepted(pap("one", "p")).grant().address().orElseThrow().getHostAddress());
        for (String user : List.of("block", "two", "any", "bare")) {
            assertEquals(AuthVerdict.Grant.NOTHING, accepted(pap(user, "p")).grant());
        }
        assertInstanceOf(AuthVerdict.Reject.class, pap("none", "p"));
    }

    @Test
    void msChapNamesMayHaveADomainInFront() {
        users.replace(List.of(line("ann", "*", "secret"), line("CORP\\bob", "*", "other")));
        accepted(judge("CORP\\ann", msChapV2("ann", "secret")));
        accepted(judge("CORP\\ann", msChapV2("CORP\\ann", "secret")));
        accepted(judge("CORP\\ann", msChapV1("secret")));
        accepted(judge("CORP\\bob", msChapV2("bob", "other")));
        assertInstanceOf(AuthVerdict.Unknown.class, judge("CORP\\ann", chapMd5("secret")), "only MS-CHAP has domains");
    }

    @Test
    void aDomainDoesNotFallBackToAnybodyWhileTheUserHasALine() {
        users.replace(List.of(line("*", "*", "for-all"), line("ann", "*", "secret")));
        accepted(judge("CORP\\ann", msChapV2("ann", "secret")));
        assertInstanceOf(AuthVerdict.Reject.class, judge("CORP\\ann", msChapV2("ann", "for-all")));
        accepted(judge("CORP\\zoe", msChapV2("zoe", "for-all")));
    }

    @Test
    void anEmptyPasswordLetsNobodyIn() {
        users.replace(List.of(line("ann", "*", "")));
        AuthVerdict.Reject reject = assertInstanceOf(AuthVerdict.Reject.class, pap("ann", ""));
        assertTrue(reject.reason().contains("empty password in l2tp-secrets:7"), reject.reason());
    }

    @Test
    void messagesHaveNoControlCharactersAndNoSecret() {
        String name = "ann\u001b[31m\n\u202e" + "x".repeat(200);
        users.replace(List.of(line(name, "*", "hidden-one")));
        AuthVerdict.Reject reject = assertInstanceOf(AuthVerdict.Reject.class, pap(name, "hidden-two"));
        assertTrue(reject.reason().startsWith("user \"ann?[31m??xxx"), reject.reason());
        assertTrue(reject.reason().chars().noneMatch(c -> c < ' ' || c == 0x202e));
        assertTrue(reject.reason().length() < 200);
        assertFalse(reject.reason().contains("hidden"));
        assertEquals("Authentication failed", reject.message(), "the peer is told nothing more");
    }

    @Test
    void ourOwnPasswordTowardsAServer() {
        users.replace(List.of(line("me", "lns", "for-lns"), line("me", "*", "for-any")));
        assertEquals(Optional.of(Secret.of("for-lns")), users.passwordFor("me", "lns"));
        assertEquals(Optional.of(Secret.of("for-any")), users.passwordFor("me", ""));
        assertEquals(Optional.empty(), users.passwordFor("you", "lns"));
    }

    @Test
    void aHundredThousandUsersAreNoSlowerThanOne() {
        List<UserSecret> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(line("user" + i, "*", "password" + i));
        }
        users.replace(many);
        for (int i = 0; i < 100_000; i += 7) {
            accepted(pap("user" + i, "password" + i));
        }
    }
}
