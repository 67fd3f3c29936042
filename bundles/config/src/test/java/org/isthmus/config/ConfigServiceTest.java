package org.isthmus.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.isthmus.api.config.ApplyReport;
import org.isthmus.api.config.ConfigFile.Outcome;
import org.isthmus.api.config.SystemParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigServiceTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path etc;
    private Path file;
    private ConfigService service;
    private final FakeEngine engine = new FakeEngine();

    @BeforeEach
    void prepare() throws IOException {
        file = etc.resolve("l2tpd.conf");
        service = new ConfigService(file, Clock.fixed(NOW, ZoneOffset.UTC));
        write("system { udp_port 1701 }");
    }

    private void write(String text) throws IOException {
        Path fresh = etc.resolve("fresh");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void writeSecrets(String text, String mode) throws IOException {
        Path secrets = etc.resolve("l2tp-secrets");
        Files.writeString(secrets, text);
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString(mode));
    }

    private void lookTwice() {
        service.look();
        service.look();
    }

    private void startWithEngine() {
        service.engineCame(engine.admin);
        service.start();
    }

    private int port(int call) {
        return engine.applied.get(call).blocks().get(0).settings().get(SystemParameters.UDP_PORT);
    }

    private Outcome outcome() {
        return service.lastOutcome().orElseThrow();
    }

    @Test
    void appliesTheFileAtTheStart() {
        startWithEngine();
        assertEquals(1, engine.applied.size());
        assertEquals(1701, port(0));
        assertTrue(outcome().report().accepted());
        assertEquals(NOW, outcome().at());
    }

    @Test
    void appliesAChangeOnceItsWriterRests() throws IOException {
        startWithEngine();
        service.look();
        assertEquals(1, engine.applied.size());
        write("system { udp_port 1702 }");
        service.look();
        write("system { udp_port 1703 }");
        service.look();
        assertEquals(1, engine.applied.size());
        service.look();
        assertEquals(2, engine.applied.size());
        assertEquals(1703, port(1));
        lookTwice();
        assertEquals(2, engine.applied.size());
    }

    @Test
    void theSameFileTwiceDoesNothing() throws IOException {
        startWithEngine();
        write("# another line\nsystem { udp_port 1701 }");
        lookTwice();
        assertEquals(1, engine.applied.size());
    }

    @Test
    void aWrongFileChangesNothing() throws IOException {
        startWithEngine();
        write("system { udp_port x }\nnonsense { }");
        lookTwice();
        assertEquals(1, engine.applied.size());
        assertEquals(2, outcome().report().problems().size());
        assertFalse(service.reload().accepted());
        assertEquals(1, engine.applied.size());
        write("system { udp_port 1701 }");
        lookTwice();
        assertTrue(outcome().report().accepted());
        assertEquals(1, engine.applied.size());
    }

    @Test
    void aFileThatIsGoneChangesNothing() throws IOException {
        startWithEngine();
        Files.delete(file);
        lookTwice();
        assertEquals(1, engine.applied.size());
        assertTrue(outcome().report().problems().get(0).message().contains("there is no such file"));
        write("system { udp_port 1702 }");
        lookTwice();
        assertEquals(2, engine.applied.size());
    }

    @Test
    void anEngineThatComesLaterIsTold() {
        service.start();
        assertTrue(service.lastOutcome().isEmpty());
        assertFalse(service.reload().accepted());
        service.engineCame(engine.admin);
        service.look();
        assertEquals(1, engine.applied.size());
        assertTrue(outcome().report().accepted());
    }

    @Test
    void aNewVersionOfTheEngineIsToldTheStateThatIsInForce() throws IOException {
        startWithEngine();
        write("broken");
        lookTwice();
        FakeEngine next = new FakeEngine();
        service.engineCame(next.admin);
        service.engineWent(engine.admin);
        service.look();
        service.look();
        assertEquals(1, next.applied.size());
        assertSame(engine.applied.get(0), next.applied.get(0));
    }

    @Test
    void aStateThatTheEngineRefusesIsNotForcedOnTheNextOne() throws IOException {
        startWithEngine();
        engine.refuses = true;
        write("system { udp_port 1702 }");
        lookTwice();
        lookTwice();
        assertEquals(2, engine.applied.size());
        assertEquals("refused", outcome().report().problems().get(0).message());
        FakeEngine next = new FakeEngine();
        next.refuses = true;
        service.engineCame(next.admin);
        service.look();
        assertEquals(List.of(engine.applied.get(1), engine.applied.get(0)), next.applied);
    }

    @Test
    void anEngineThatThrowsIsAProblemAndNoMore() {
        engine.throwsUp = true;
        startWithEngine();
        service.look();
        assertEquals(1, engine.applied.size());
        assertTrue(outcome().report().problems().get(0).message().contains("fault of the test"));
        assertFalse(service.check().accepted());
    }

    @Test
    void reloadAlwaysAsksTheEngine() {
        startWithEngine();
        ApplyReport report = service.reload();
        assertEquals(List.of("something: created"), report.changes());
        assertEquals(2, engine.applied.size());
    }

    @Test
    void aCheckAsksAndChangesNothing() throws IOException {
        startWithEngine();
        Files.writeString(etc.resolve("new.conf"), "system { udp_port 1703 }");
        assertTrue(service.check(etc.resolve("new.conf")).accepted());
        assertTrue(service.check().accepted());
        assertEquals(2, engine.previewed.size());
        assertEquals(1, engine.applied.size());
        Files.writeString(etc.resolve("new.conf"), "system {");
        assertTrue(service.check(etc.resolve("new.conf")).problems().get(0).where().startsWith("new.conf:1:1"));
        service.engineWent(engine.admin);
        assertTrue(service.check().accepted());
        assertTrue(service.check().warnings().get(0).message().contains("not running"));
    }

    @Test
    void secretsAreReadAndWatched() throws IOException {
        writeSecrets("alice * wonder *", "rw-------");
        startWithEngine();
        assertEquals("alice", engine.applied.get(0).users().get(0).user());
        writeSecrets("bob * builder *", "rw-------");
        lookTwice();
        assertEquals("bob", engine.applied.get(1).users().get(0).user());
    }

    @Test
    void secretsThatOthersMayReadAreNotUsedUntilTheirModeIsMended() throws IOException {
        writeSecrets("alice * hunter2 *", "rw-r--r--");
        startWithEngine();
        assertEquals(0, engine.applied.size());
        String text = outcome().toString();
        assertTrue(text.contains("chmod 600 " + etc.resolve("l2tp-secrets")), text);
        assertTrue(text.contains("has mode 644"), text);
        assertFalse(text.contains("hunter2"), text);
        Files.setPosixFilePermissions(etc.resolve("l2tp-secrets"), PosixFilePermissions.fromString("rw-------"));
        lookTwice();
        assertEquals(1, engine.applied.size());
    }

    @Test
    void secretsOfAnotherUserAreNotUsed() throws IOException {
        writeSecrets("alice * hunter2 *", "rw-------");
        Path secrets = etc.resolve("l2tp-secrets");
        assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can give files away");
        Files.setAttribute(secrets, "unix:uid", 12345);
        startWithEngine();
        assertEquals(0, engine.applied.size());
        assertTrue(outcome().toString().contains("type: chown 0 " + secrets), outcome().toString());
    }

    @Test
    void aFileOfWindowsIsRead() throws IOException {
        write("\uFEFFsystem {\r\n  udp_port 1702\r\n}\r\n");
        startWithEngine();
        assertEquals(1702, port(0));
    }

    @Test
    void aSecretsFileOfCommentsHasNothingToProtect() throws IOException {
        writeSecrets("# client server secret addresses\n", "rw-r--r--");
        startWithEngine();
        assertEquals(1, engine.applied.size());
    }

    @Test
    void aSecretsFileThatWasAskedForMustBeThere() throws IOException {
        write("system { secrets_file \"missing\" }");
        startWithEngine();
        assertEquals(0, engine.applied.size());
        assertTrue(outcome().report().problems().get(0).where().endsWith("missing"));
    }

    @Test
    void secretsInTheFileItselfAreWarnedOfIfEverybodyMayReadIt() throws IOException {
        write("tunnel profile \"a\" { secret hunter2 }");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        startWithEngine();
        assertTrue(outcome().report().warnings().get(0).message().contains("chmod 600"), outcome().toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals(List.of(), service.reload().warnings());
        assertFalse(outcome().toString().contains("hunter2"));
    }
}
