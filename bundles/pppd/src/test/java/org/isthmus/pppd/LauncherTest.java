package org.isthmus.pppd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.UserSecret;
import org.isthmus.api.ppp.PppEnd;
import org.isthmus.api.ppp.PppPort;
import org.isthmus.api.ppp.PppProviderSettings;
import org.isthmus.api.ppp.PppRun;
import org.isthmus.api.ppp.PppSpec;
import org.isthmus.linux.MemoryFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a script in the place of pppd: needs the rights to mount, as pppd itself does. */
@Tag("netns")
@Timeout(60)
class LauncherTest {
    private static final String UP = """
            export $(sed -n 's/^set "*\\(L2TP[^"]*\\)"*$/\\1/p' /dev/fd/4) PEERNAME=alice
            /etc/ppp/ip-up lo tty 0 10.9.0.1 10.9.0.2 x
            """;

    @TempDir
    private Path folder;
    private Path program;
    private PppdProvider provider;
    private MemoryFile socket;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private final class Port implements PppPort {
        private final String name;

        Port(String name) {
            this.name = name;
        }

        @Override
        public void changed(PppLinkStatus link) {
            told.add(name + " changed");
        }

        @Override
        public void up(PppLinkStatus link, String interfaceName) {
            told.add(name + " up " + interfaceName + " " + link.localAddress().get().getHostAddress() + " "
                    + link.remoteAddress().get().getHostAddress() + " " + link.userName());
        }

        @Override
        public void ended(PppEnd why) {
            told.add(name + " ended: " + why.message());
        }
    }

    @BeforeEach
    void start() throws Exception {
        program = folder.resolve("pppd");
        socket = MemoryFile.create("socket");
        socket.write("the socket".getBytes());
        provider = new PppdProvider(program, folder.resolve("data"), "test");
        provider.configure(new PppProviderSettings(0, 0, List.of(new UserSecret("alice", "*", Secret.of("wonderland"), List.of(), "x"))));
    }

    @AfterEach
    void stop() {
        provider.stop();
        socket.close();
    }

    private void script(String text) throws Exception {
        Files.writeString(program, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private PppRun open(String name) {
        return provider.open(new PppSpec(name, 1, 2, socket.descriptor().number(), Settings.EMPTY, true, "lns", Optional.empty(),
                Optional.empty(), Optional.empty(), 1400, "", Duration.ZERO), new Port(name));
    }

    private String next() throws InterruptedException {
        String news = told.poll(30, TimeUnit.SECONDS);
        return news == null ? "nothing is told" : news;
    }

    @Test
    void pppdHasItsSocketItsOptionsAndTheUsersAndNothingElse() throws Exception {
        // 10 is the shell's own: the script.
        script("""
                test "$1" = file && test "$2" = /dev/fd/4 && test $# = 2 || echo wrong arguments: "$*" >&2
                echo "$(cat /dev/fd/3), $(grep -c pppol2tp /dev/fd/4) lines, $(cat /etc/ppp/chap-secrets), $(stat -Lc %a /etc/ppp/pap-secrets),\
                 $(ls /etc/ppp | wc -l)" >&2
                for n in $(seq 6 9) $(seq 11 300); do [ ! -e /proc/$$/fd/$n ] || echo "has $n as well" >&2; done
                exit 2
                """);
        open("a");
        assertEquals("a ended: pppd does not take its options, or those of pppd_options (pppd says: the socket, 2 lines, \"alice\" \"*\""
                + " \"wonderland\" *, 600, 8)", next().replaceAll(" +", " "));
    }

    @Test
    void whatTheScriptsTellMakesTheSessionUpAndItsEndIsSeen() throws Exception {
        script(UP + "trap 'exit 5' TERM\nwhile :; do sleep 0.05; done\n");
        PppRun run = open("a");
        assertEquals("a up lo 10.9.0.1 10.9.0.2 alice", next());
        assertEquals(1, Files.list(folder.resolve("data/run")).count());
        run.close("the operator says so");
        assertEquals("a ended: the operator says so", next());
        assertEquals(0, Files.list(folder.resolve("data/run")).count());
    }

    @Test
    void noMoreThanTheLimitNegotiateAtATime() throws Exception {
        provider.configure(new PppProviderSettings(0, 1, List.of()));
        script("trap 'exit 5' TERM\n" + "while [ ! -e " + folder + "/go ]; do sleep 0.05; done\n" + UP
                + "while :; do sleep 0.05; done\n");
        open("a");
        PppRun second = open("b");
        PppRun third = open("c");
        second.abandon();
        Files.writeString(folder.resolve("go"), "");
        assertEquals("a up lo 10.9.0.1 10.9.0.2 alice", next());
        assertEquals("c up lo 10.9.0.1 10.9.0.2 alice", next());
        third.close("enough");
        assertEquals("c ended: enough", next());
        assertTrue(told.isEmpty(), told.toString());
    }

    @Test
    void aProgramThatIsNotThereIsSaid() throws Exception {
        open("a");
        assertEquals("a ended: pppd cannot be started: start " + program + ": ENOENT, no such file or object", next());
    }

    @Test
    void whatAnApplianceLeftThatIsGoneIsEndedAndNothingElse() throws Exception {
        Path run = folder.resolve("data2/run");
        Files.createDirectories(run);
        Process left = new ProcessBuilder("sleep", "60").start();
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            PidFiles files = new PidFiles(run);
            files.add(left.pid(), "office/alice");
            Path file = run.resolve(Long.toString(left.pid()));
            List<String> lines = Files.readAllLines(file);
            assertEquals(List.of(), files.orphans(), "this process has started it, and lives");
            String gone = lines.get(1).replaceAll("/[0-9]+/", "/1/");
            Files.writeString(file, lines.get(0) + "\n" + gone + "\noffice/alice\n");
            // Its number is another process's by now.
            Files.writeString(run.resolve(Long.toString(other.pid())), other.pid() + "/1/x\n" + gone + "\noffice/bob\n");
            PppdProvider next = new PppdProvider(program, folder.resolve("data2"), "next");
            assertTrue(left.waitFor(30, TimeUnit.SECONDS));
            next.stop();
            assertTrue(other.isAlive());
            assertFalse(Files.exists(run.resolve(Long.toString(other.pid()))));
        } finally {
            left.destroyForcibly();
            other.destroyForcibly();
        }
    }
}
