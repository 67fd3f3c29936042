package org.isthmus.ppp.mppe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.isthmus.ppp.auth.MsChap;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys against the answers of RFC 3079. */
class StartKeysTest {

    record Vector(String kind, Map<String, String> fields) {
        byte[] octets(String key) {
            return HexFormat.of().parseHex(fields.get(key));
        }

        MppeStrength strength() {
            return MppeStrength.ofBits(Integer.parseInt(fields.getOrDefault("bits", "128"))).orElseThrow();
        }

        boolean is(String key) {
            return Boolean.parseBoolean(fields.get(key));
        }
    }

    static Stream<Named<Vector>> vectors() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                StartKeysTest.class.getResourceAsStream("vectors.txt"), StandardCharsets.UTF_8))) {
            List<Named<Vector>> vectors = lines.lines().filter(line -> !line.startsWith("#")).map(line -> {
                String[] parts = line.split("\t");
                Map<String, String> fields = new HashMap<>();
                for (int i = 1; i < parts.length; i++) {
                    fields.put(parts[i].substring(0, parts[i].indexOf('=')), parts[i].substring(parts[i].indexOf('=') + 1));
                }
                return Named.of(fields.get("id"), new Vector(parts[0], fields));
            }).toList();
            return vectors.stream();
        }
    }

    @Test
    void noneIsMissing() throws IOException {
        assertEquals(15, vectors().count());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agrees(Vector vector) {
        MppeStrength strength = vector.strength();
        byte[] start = switch (vector.kind()) {
            case "mppe-v2" -> {
                StartKeys keys = StartKeys.ofMsChapV2(vector.octets("nt_password_hash_hash"), vector.octets("nt_response"),
                        vector.is("is_server"));
                byte[] key = vector.is("is_send") ? keys.send(strength) : keys.receive(strength);
                assertArrayEquals(vector.octets("start_key"), key);
                assertTrue(keys.sharePrefix());
                yield key;
            }
            case "mppe-v1-lm" -> MsChap.startKeysV1(vector.fields().get("password"), new byte[8]).send(strength);
            case "mppe-v1-128" -> {
                StartKeys keys = MsChap.startKeysV1(vector.fields().get("password"), vector.octets("challenge"));
                assertArrayEquals(vector.octets("initial_session_key"), keys.receive(strength));
                assertFalse(keys.sharePrefix());
                yield keys.send(strength);
            }
            default -> throw new AssertionError(vector.kind());
        };
        SessionKey key = new SessionKey(strength, start);
        byte[] expected = vector.octets(vector.kind().equals("mppe-v1-128") ? "current_session_key" : "session_key");
        assertArrayEquals(expected, Arrays.copyOf(key.octets(), expected.length));
        if (vector.fields().containsKey("rc4_plaintext")) {
            ByteBuffer text = ByteBuffer.wrap(vector.fields().get("rc4_plaintext").getBytes(StandardCharsets.US_ASCII));
            key.crypt(text, 0, text.limit());
            assertArrayEquals(vector.octets("rc4_ciphertext"), text.array());
        }
    }

    @Test
    void nothingOfAKeyIsShown() {
        StartKeys keys = MsChap.startKeysV1("clientPass", new byte[8]);
        Encryption.Way way = new Encryption.Way(MppeStrength.BITS_128, true, keys.send(MppeStrength.BITS_128));
        assertEquals("StartKeys[hidden]", keys.toString());
        assertEquals("Encryption[send=Way[128 bits stateless], receive=Way[128 bits stateless]]", new Encryption(way, way).toString());
    }
}
