package org.isthmus.ppp.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arithmetic against answers that others publish. */
class VectorsTest {

    record Vector(String kind, Map<String, String> fields) {
        String text(String key) {
            return fields.get(key);
        }

        byte[] octets(String key) {
            return HexFormat.of().parseHex(fields.get(key));
        }
    }

    static Stream<Named<Vector>> vectors() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                VectorsTest.class.getResourceAsStream("vectors.txt"), StandardCharsets.UTF_8))) {
            List<Named<Vector>> vectors = lines.lines().filter(line -> !line.startsWith("#")).map(line -> {
                String[] parts = line.split("\t");
                Map<String, String> fields = new HashMap<>();
                for (int i = 1; i < parts.length; i++) {
                    fields.put(parts[i].substring(0, parts[i].indexOf('=')),
                            parts[i].substring(parts[i].indexOf('=') + 1));
                }
                return Named.of(fields.get("id"), new Vector(parts[0], fields));
            }).toList();
            return vectors.stream();
        }
    }

    @Test
    void noneIsMissing() throws IOException {
        assertEquals(27, vectors().count());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agrees(Vector vector) {
        switch (vector.kind()) {
            case "nt-hash" -> {
                byte[] hash = MsChap.ntPasswordHash(vector.text("password"));
                assertArrayEquals(vector.octets("nt_password_hash"), hash);
                assertArrayEquals(vector.octets("nt_password_hash_hash"), MsChap.hashNtPasswordHash(hash));
            }
            case "lm-hash" -> assertArrayEquals(vector.octets("lm_password_hash"),
                    MsChap.lmPasswordHash(vector.text("password")));
            case "des-parity" -> assertArrayEquals(vector.octets("key8"),
                    Des.withParity(vector.octets("raw7"), 0));
            case "mschapv1" -> assertArrayEquals(vector.octets("nt_response"), MsChap.challengeResponse(
                    vector.octets("challenge"), MsChap.ntPasswordHash(vector.text("password"))));
            case "mschapv2" -> mschapv2(vector);
            case "chap-md5" -> assertArrayEquals(vector.octets("response"), ChapMd5.response(
                    Integer.parseInt(vector.text("chap_id")), vector.text("secret"), vector.octets("challenge")));
            default -> throw new AssertionError(vector.kind());
        }
    }

    private static void mschapv2(Vector vector) {
        byte[] name = vector.text("username").getBytes(StandardCharsets.UTF_8);
        byte[] bare = MsChap.withoutDomain(name);
        byte[] authenticatorChallenge = vector.octets("authenticator_challenge");
        byte[] peerChallenge = vector.octets("peer_challenge");
        String password = vector.text("password");
        assertArrayEquals(vector.octets("challenge_hash"),
                MsChap.challengeHash(peerChallenge, authenticatorChallenge, bare));
        byte[] response = MsChap.ntResponse(authenticatorChallenge, peerChallenge, bare,
                MsChap.ntPasswordHash(password));
        assertArrayEquals(vector.octets("nt_response"), response);
        AuthenticationVerdict verdict = Verifier.judge(new AuthenticationAttempt.MsChapV2(name, 1,
                authenticatorChallenge, peerChallenge, response, 0), password);
        assertEquals(vector.text("authenticator_response"),
                assertInstanceOf(AuthenticationVerdict.Accept.class, verdict).authenticatorResponse());
    }
}
