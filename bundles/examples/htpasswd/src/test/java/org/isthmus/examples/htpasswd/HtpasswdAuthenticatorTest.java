package org.isthmus.examples.htpasswd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.auth.Credentials;
import org.isthmus.api.config.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtpasswdAuthenticatorTest {
    private static final AuthVerdict UNKNOWN = new AuthVerdict.Unknown();

    @TempDir
    Path folder;
    private Path file;
    private HtpasswdAuthenticator judge;

    @BeforeEach
    void file() throws IOException {
        file = folder.resolve("users");
        write("# users", "", line("alice", "wonderland"), "nonsense", "bob:pbkdf2$x$y$z");
        judge = new HtpasswdAuthenticator(file);
    }

    private static String line(String user, String password) {
        return user + ":" + PasswordHash.of(password, 1_000, new byte[] {1, 2, 3}).text();
    }

    private void write(String... lines) throws IOException {
        Files.write(file, java.util.List.of(lines));
    }

    private AuthVerdict verdict(String user, String password) {
        return verdict(user, new Credentials.Pap(Secret.of(password)));
    }

    private AuthVerdict verdict(String user, Credentials shown) {
        return judge.judge(new AuthRequest(user, "lns", shown, "office", 1, 2, "", "")).toCompletableFuture().join();
    }

    @Test
    void thePasswordDecides() {
        assertInstanceOf(AuthVerdict.Accept.class, verdict("alice", "wonderland"));
        assertInstanceOf(AuthVerdict.Reject.class, verdict("alice", "nowhere"));
        assertInstanceOf(AuthVerdict.Reject.class, verdict("alice", ""));
    }

    @Test
    void othersAreLeftToOthers() {
        assertEquals(UNKNOWN, verdict("carol", "wonderland"));
        assertEquals(UNKNOWN, verdict("bob", "builder"), "its line cannot be read");
        assertEquals(UNKNOWN, verdict("alice", new Credentials.ChapMd5(1, new byte[16], new byte[16])));
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        assertEquals(UNKNOWN, verdict("carol", "x"));
        write(line("carol", "x"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertInstanceOf(AuthVerdict.Accept.class, verdict("carol", "x"));
        assertEquals(UNKNOWN, verdict("alice", "wonderland"));
    }

    @Test
    void aFileThatIsGoneLeavesTheUsersAsTheyWere() throws IOException {
        assertInstanceOf(AuthVerdict.Accept.class, verdict("alice", "wonderland"));
        Files.delete(file);
        assertInstanceOf(AuthVerdict.Accept.class, verdict("alice", "wonderland"));
        write(line("dave", "y"));
        assertInstanceOf(AuthVerdict.Accept.class, verdict("dave", "y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pbkdf2", "pbkdf2$$$", "pbkdf2$1000$$", "pbkdf2$1$AQID$AQID", "md5$1000$AQID$AQID",
            "pbkdf2$1000$AQID$AQID", "pbkdf2$99999999999$AQID$AQID", "pbkdf2$1000$!$!", "pbkdf2$1000$AQID$AQID$AQID"})
    void whatIsNoHashIsNotTakenForOne(String text) {
        assertEquals(Optional.empty(), PasswordHash.parse(text));
    }

    @Test
    void aHashIsReadAsItIsWritten() {
        PasswordHash hash = PasswordHash.of("wonderland", 1_000, new byte[] {1, 2, 3});
        assertTrue(PasswordHash.parse(hash.text()).orElseThrow().isOf("wonderland"));
    }
}
