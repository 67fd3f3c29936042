package org.isthmus.console.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;

import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshKeysTest {
    private static final String ECDSA = "ecdsa-sha2-nistp256";

    @TempDir
    private Path directory;

    /** A key made of its fields, as ssh-keygen lays them out. */
    static String blob(String type, byte[]... fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(type.length());
            out.writeBytes(type);
            for (byte[] field : fields) {
                out.writeInt(field.length);
                out.write(field);
            }
        } catch (IOException neverInMemory) {
            throw new IllegalStateException(neverInMemory);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static String ecdsa() {
        return blob(ECDSA, "nistp256".getBytes(StandardCharsets.US_ASCII), new byte[65]);
    }

    static String rsa(int bits) {
        byte[] modulus = new byte[bits / 8 + 1];
        modulus[1] = (byte) 0x80;
        return blob("ssh-rsa", new byte[] {1, 0, 1}, modulus);
    }

    private static String refusal(String text) {
        return assertThrows(CommandException.class, () -> PublicKey.parse(text)).getMessage();
    }

    @Test
    void readsEcdsaAndRsaKeys() throws CommandException {
        assertEquals(new PublicKey(ECDSA, ecdsa()), PublicKey.parse(ECDSA + " " + ecdsa() + " alice@laptop\n"));
        assertEquals(new PublicKey("ssh-rsa", rsa(3072)), PublicKey.parse("ssh-rsa " + rsa(3072)));
    }

    /** The fingerprint that ssh-keygen -l prints for this key. */
    @Test
    void fingerprintsAsSshKeygenDoes() throws CommandException {
        String key = "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIjGv06+m9/Db71pmfZJVo24Y9662tY9atHaFQ"
                + "dzNXpAJL1EfxkDFAQRg+npAZzzFB0cieAb98SX3RV/R1WGsG8=";
        assertEquals("SHA256:xoumoWgMB8EjwRv8SHNr3r9msc/FeLhfb1TgW7oM90Y", PublicKey.parse(ECDSA + " " + key).fingerprint());
    }

    @Test
    void refusesWhatWouldNotWorkAndSaysWhatWould() {
        String ed25519 = blob("ssh-ed25519", new byte[32]);
        assertTrue(refusal("ssh-ed25519 " + ed25519).matches("Ed25519 keys do not work here: .* ssh-keygen -t ecdsa -b 384"));
        assertTrue(refusal("ssh-dss AAAA").startsWith("The key type \"ssh-dss\" does not work here: expected ssh-rsa or"));
        assertTrue(refusal("ssh-rsa " + rsa(1024)).startsWith("The RSA key has 1024 bits, which is too weak"));
        assertTrue(refusal("-----BEGIN OPENSSH PRIVATE KEY-----\nabc").startsWith("That is a private key"));
        assertTrue(refusal("hello").startsWith("That is not a public key"));
        assertTrue(refusal("ssh-rsa " + rsa(2048) + "\nssh-rsa " + rsa(2048)).startsWith("That is not a public key"));
        assertTrue(refusal("ssh-rsa " + ecdsa()).startsWith("The key says \"ssh-rsa\" and is something else"));
        assertTrue(refusal("ssh-rsa " + rsa(2048).substring(8)).startsWith("The key"));
        assertTrue(refusal("ssh-rsa " + rsa(2048).substring(0, 40)).startsWith("The key is damaged"));
        assertTrue(refusal("ssh-rsa not*base64").startsWith("The key is damaged"));
    }

    @Test
    void writesWhatKarafReads() throws Exception {
        KeysFile keys = new KeysFile(directory.resolve("keys.properties"));
        keys.put("alice", new PublicKey(ECDSA, ecdsa()), KeysFile.Role.ADMIN);
        keys.put("watcher", new PublicKey("ssh-rsa", rsa(2048)), KeysFile.Role.VIEWER);
        assertEquals(List.of("alice = " + ecdsa() + ",_g_:admingroup",
                "_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh",
                "watcher = " + rsa(2048) + ",viewer,ssh"), Files.readAllLines(keys.path()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.path())));
        assertEquals(List.of("alice admin " + ECDSA, "watcher viewer ssh-rsa"), keys.logins().stream()
                .map(login -> login.user() + " " + login.role() + " " + login.type()).toList());
    }

    @Test
    void leavesCommentsAndOthersAlone() throws Exception {
        Path path = directory.resolve("keys.properties");
        Files.write(path, List.of("# Keys", "#alice = no", "bob=" + ecdsa() + ",manager,viewer,ssh", "",
                "_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh"));
        KeysFile keys = new KeysFile(path);
        keys.put("alice", new PublicKey(ECDSA, ecdsa()), KeysFile.Role.MANAGER);
        keys.put("alice", new PublicKey("ssh-rsa", rsa(2048)), KeysFile.Role.MANAGER);
        assertEquals(2, keys.logins().size());
        keys.remove("bob");
        assertEquals(List.of("# Keys", "#alice = no", "", "_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh",
                "alice = " + rsa(2048) + ",manager,viewer,ssh"), Files.readAllLines(path));
        try (var files = Files.list(directory)) {
            assertEquals(1, files.count(), "nothing is left lying around");
        }
    }

    @Test
    void removesAnEntryOfSeveralLinesWhole() throws Exception {
        Path path = directory.resolve("keys.properties");
        Files.write(path, List.of("# a comment \\", "bob = " + ecdsa().substring(0, 40) + "\\", "   " + ecdsa().substring(40) + ",viewer,ssh",
                "carol = " + ecdsa() + ",viewer,ssh"));
        KeysFile keys = new KeysFile(path);
        assertEquals(List.of("bob " + ECDSA, "carol " + ECDSA),
                keys.logins().stream().map(login -> login.user() + " " + login.type()).toList());
        keys.remove("bob");
        assertEquals(List.of("# a comment \\", "carol = " + ecdsa() + ",viewer,ssh"), Files.readAllLines(path));
    }

    @Test
    void refusesNamesThatWouldBreakTheFile() {
        KeysFile keys = new KeysFile(directory.resolve("keys.properties"));
        for (String name : List.of("a b", "a=b", "_g_:admingroup", "_g_x", "", "a\nb", "#a")) {
            assertThrows(CommandException.class, () -> keys.put(name, new PublicKey(ECDSA, ecdsa()), KeysFile.Role.ADMIN), name);
        }
    }
}
