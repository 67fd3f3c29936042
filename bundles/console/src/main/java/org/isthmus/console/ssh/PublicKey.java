package org.isthmus.console.ssh;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

import org.apache.karaf.shell.support.CommandException;

/**
 * A public key as {@code ssh-keygen} writes it: {@code type base64 comment} (RFC 4253 section 6.6, RFC 5656
 * section 3.1).
 *
 * @param type   the algorithm, as the key itself names it
 * @param base64 the key
 */
public record PublicKey(String type, String base64) {
    private static final String RSA = "ssh-rsa";
    private static final int RSA_MIN_BITS = 2048;
    private static final List<String> ECDSA =
            List.of("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521");
    private static final String MAKE_ONE = "make one with: ssh-keygen -t ecdsa -b 384";

    /**
     * Reads the line of a {@code .pub} file.
     *
     * @throws CommandException that says what is wrong with it and which key to use
     */
    public static PublicKey parse(String text) throws CommandException {
        if (text.contains("PRIVATE KEY")) {
            throw new CommandException("That is a private key, which must stay where it is: give the public one, from the"
                    + " file whose name ends in .pub.");
        }
        String[] words = text.strip().split("\\s+");
        if (words.length < 2 || text.strip().lines().count() != 1) {
            throw new CommandException("That is not a public key: expected one line \"type base64 comment\", as in"
                    + " ~/.ssh/id_ecdsa.pub. To " + MAKE_ONE);
        }
        checkType(words[0]);
        return decode(words[0], words[1]);
    }

    private static void checkType(String type) throws CommandException {
        if (type.equals(RSA) || ECDSA.contains(type)) {
            return;
        }
        if (type.contains("ed25519")) {
            throw new CommandException("Ed25519 keys do not work here: the SSH server of Karaf 4.4 has no verifier for"
                    + " them on this Java. Use an ECDSA or RSA key; " + MAKE_ONE);
        }
        throw new CommandException("The key type \"" + type + "\" does not work here: expected " + RSA + " or one of "
                + String.join(", ", ECDSA) + "; " + MAKE_ONE);
    }

    private static PublicKey decode(String type, String base64) throws CommandException {
        try {
            DataInputStream key = new DataInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
            String inside = new String(field(key), StandardCharsets.US_ASCII);
            if (!inside.equals(type)) {
                throw new CommandException("The key says \"" + type + "\" and is something else: copy the whole line of the"
                        + " .pub file again.");
            }
            field(key);
            byte[] last = field(key);
            if (key.read() >= 0) {
                throw new IOException("bytes left over");
            }
            int bits = new BigInteger(1, last).bitLength();
            if (type.equals(RSA) && bits < RSA_MIN_BITS) {
                throw new CommandException("The RSA key has " + bits + " bits, which is too weak: at least " + RSA_MIN_BITS
                        + " are needed; " + MAKE_ONE);
            }
            return new PublicKey(type, base64);
        } catch (IOException | IllegalArgumentException damaged) {
            throw new CommandException("The key is damaged: copy the whole line of the .pub file again.", damaged);
        }
    }

    private static byte[] field(DataInputStream key) throws IOException {
        int length = key.readInt();
        if (length < 0 || length > key.available()) {
            throw new IOException("a field is longer than the key");
        }
        return key.readNBytes(length);
    }

    /** As {@code ssh-keygen -l} shows it: {@code SHA256:} and a hash. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
