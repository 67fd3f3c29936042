package org.isthmus.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.linux.libc.LibC;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildProcessTest {
    private static final List<String> ENVIRONMENT = List.of("PATH=/usr/bin:/bin", "COLOUR=blue");

    private static final int F_SETFD = 2;

    @TempDir
    private Path folder;

    @Test
    void aChildHasItsArgumentsItsEnvironmentAndItsDescriptorsAndNothingElse() throws Exception {
        try (MemoryFile secret = MemoryFile.create("secret"); Pipe inherited = Pipe.open()) {
            secret.write("hush".getBytes(StandardCharsets.UTF_8));
            // A descriptor of this process that is not closed on exec.
            int careless = inherited.reader().duplicate().release();
            assertEquals(0, LibC.C.fcntl(careless, F_SETFD, 0));
            Said said = run("echo $0 $1 $COLOUR $(cat /dev/fd/3); for n in $(seq 4 500); do [ ! -e /proc/$$/fd/$n ] || echo and $n;"
                    + " done; exit 7", secret.descriptor());
            Descriptor.owning(careless).close();
            assertEquals("zero one blue hush\n", said.text());
            assertEquals(new ChildProcess.Exit(7, 0), said.exit());
        }
    }

    @Test
    void aMemoryFileIsTheOwnersAloneAndCanBeReplaced() throws Exception {
        try (MemoryFile file = MemoryFile.create("users")) {
            file.write("a long first text".getBytes(StandardCharsets.UTF_8));
            file.write("short".getBytes(StandardCharsets.UTF_8));
            assertEquals("600 short", run("echo -n \"$(stat -Lc %a /dev/fd/3) $(cat /dev/fd/3)\"", file.descriptor()).text());
        }
    }

    @Test
    void aSignalEndsItAndIsTold() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            ChildProcess child = ChildProcess.start(List.of("/bin/sleep", "60"), ENVIRONMENT, List.of(pipe.writer(), pipe.writer()));
            assertEquals(Optional.empty(), child.exit());
            child.signal(ChildProcess.SIGTERM);
            assertEquals(new ChildProcess.Exit(0, ChildProcess.SIGTERM), awaitExit(child));
            child.signal(ChildProcess.SIGKILL); // whose number it was may be another's by now
        }
    }

    @Test
    void whatIsNotThereCannotBeStarted() throws Exception {
        LinuxException missing = assertThrows(LinuxException.class,
                () -> ChildProcess.start(List.of("/no/such/program"), ENVIRONMENT, List.of()));
        assertTrue(missing.getMessage().startsWith("start /no/such/program: ENOENT"), missing.getMessage());
    }

    @Test
    void aNamedPipeHasNoEndWhenAWriterGoes() throws Exception {
        Path file = folder.resolve("events");
        try (Pipe pipe = Pipe.named(file)) {
            for (String word : List.of("one", "two")) {
                Said writer = run("printf '" + word + "\\0' >" + file, pipe.writer());
                assertEquals(0, writer.exit().code(), writer.text());
                ByteBuffer read = ByteBuffer.allocateDirect(64);
                assertEquals(4, pipe.read(read));
                assertEquals(-Errno.EAGAIN, pipe.read(read));
            }
        }
        Files.delete(file);
    }

    private record Said(String text, ChildProcess.Exit exit) {
    }

    /** Runs a shell script that has the descriptor as 3, to its end. */
    private static Said run(String script, Descriptor third) throws Exception {
        try (Pipe pipe = Pipe.open()) {
            ChildProcess child = ChildProcess.start(List.of("/bin/sh", "-c", script, "zero", "one"), ENVIRONMENT,
                    List.of(third, pipe.writer(), pipe.writer(), third));
            pipe.writer().close();
            ChildProcess.Exit exit = awaitExit(child);
            StringBuilder text = new StringBuilder();
            ByteBuffer bytes = ByteBuffer.allocateDirect(4096);
            while (pipe.read(bytes) > 0) {
                text.append(StandardCharsets.UTF_8.decode(bytes.flip()));
                bytes.clear();
            }
            return new Said(text.toString(), exit);
        }
    }

    private static ChildProcess.Exit awaitExit(ChildProcess child) throws LinuxException {
        try (Epoll epoll = Epoll.open(1); child) {
            epoll.add(child.ends(), Epoll.READ, 1);
            assertEquals(1, epoll.await(30_000), "it does not end");
            return child.exit().orElseThrow();
        }
    }
}
