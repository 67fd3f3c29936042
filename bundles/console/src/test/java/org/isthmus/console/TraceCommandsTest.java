package org.isthmus.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.TracedDatagram;
import org.isthmus.api.TunnelState;
import org.isthmus.api.config.Encapsulation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What passes in a tunnel, on the console and in a file. */
class TraceCommandsTest {
    private static final byte[] HELLO = HexFormat.of().parseHex("c802001400010000000000008008000000000006");

    private final FakeAdmin admin = new FakeAdmin();
    private Shell shell;

    @TempDir
    Path folder;

    @BeforeEach
    void openShell() {
        shell = new Shell(new FakeContext().service(L2tpAdmin.class, admin));
        admin.tunnels.add(FakeAdmin.tunnel("office", 4711, TunnelState.ESTABLISHED));
        admin.traced.add(datagram(true, true, Encapsulation.UDP, HELLO));
        admin.traced.add(datagram(false, true, Encapsulation.UDP, HexFormat.of().parseHex("c802000c0002000000000001")));
    }

    @AfterEach
    void closeShell() {
        shell.close();
    }

    private static TracedDatagram datagram(boolean sent, boolean control, Encapsulation encapsulation, byte[] payload) {
        InetSocketAddress ours = new InetSocketAddress("192.0.2.1", 1701);
        InetSocketAddress theirs = new InetSocketAddress("192.0.2.2", 1701);
        return new TracedDatagram(Instant.ofEpochSecond(1, 5_000), sent, control, encapsulation, sent ? ours : theirs,
                sent ? theirs : ours, payload);
    }

    @Test
    void showsMessagesUntilCtrlC() {
        String[] lines = shell.type("l2tp:trace 4711").split("\n");
        assertEquals("Tracing tunnel \"office\"; Ctrl-C ends it.", lines[0]);
        assertTrue(lines[1].matches("\\d\\d:\\d\\d:01.000005 > HELLO tunnel 1 Ns 0 Nr 0"), lines[1]);
        assertEquals("    M  Message Type               HELLO (6)", lines[2]);
        assertTrue(lines[3].endsWith(" < ZLB tunnel 2 Ns 0 Nr 1"), lines[3]);
        assertTrue(lines[4].startsWith("Not shown: 3 packets"), lines[4]);
        assertEquals("trace office", admin.asked.get(0));
    }

    @Test
    void showsALineForAMessageAndEndsWhereItIsTold() {
        admin.traced.add(1, datagram(true, false, Encapsulation.IP, HexFormat.of().parseHex("ffffffff0021")));
        String[] lines = shell.type("l2tp:trace office --brief --data --packets 2").split("\n");
        assertTrue(lines[1].endsWith("> HELLO tunnel 1 Ns 0 Nr 0"), lines[1]);
        assertTrue(lines[2].endsWith("> v3 data session 4294967295, 6 octets"), lines[2]);
        assertEquals(4, lines.length);
        assertEquals("trace office with data", admin.asked.get(0));
    }

    @Test
    void writesAFileThatOnlyItsOwnerReads() throws IOException {
        Path file = folder.resolve("office.pcapng");
        String said = shell.type("l2tp:capture office " + file);
        assertTrue(said.contains("Captured 2 packets") && said.contains("Left out: 3"), said);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(file));
        assertEquals(0x0a0d0d0a, written.getInt(0));
        int packet = written.getInt(4) + written.getInt(written.getInt(4) + 4);
        assertEquals(6, written.getInt(packet), "an enhanced packet block");
        assertEquals(1_000_005, written.getInt(packet + 16), "the time in microseconds");
    }

    @Test
    void overwritesNothingUnlessToldTo() throws IOException {
        Path file = Files.writeString(folder.resolve("diary"), "dear");
        assertEquals(file + " is there already. --force replaces a file.", shell.fail("l2tp:capture office " + file));
        assertEquals("dear", Files.readString(file));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        shell.fail("l2tp:capture --force office " + link);
        assertEquals("dear", Files.readString(file));
        shell.type("l2tp:capture office --force " + file);
        assertEquals(0x0a, Files.readAllBytes(file)[0]);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void stopsAtItsSizeOrGoesOnAsARing() throws IOException {
        byte[] large = new byte[60_000];
        System.arraycopy(HELLO, 0, large, 0, HELLO.length);
        for (int i = 0; i < 40; i++) {
            admin.traced.add(datagram(true, false, Encapsulation.UDP, large));
        }
        Path file = folder.resolve("full");
        String said = shell.type("l2tp:capture office --data --size 1 " + file);
        assertTrue(said.contains("Captured 19 packets"), said);
        assertTrue(Files.size(file) <= 1 << 20);
        Path ring = folder.resolve("ring");
        said = shell.type("l2tp:capture office --data --size 1 --ring " + ring);
        assertTrue(said.contains("Captured 42 packets"), said);
        Path older = folder.resolve("ring.1");
        assertTrue(Files.size(ring) <= 1 << 20 && Files.size(older) <= 1 << 20 && Files.size(older) > 900_000);
        assertTrue(shell.fail("l2tp:capture office --ring " + folder.resolve("new") + " --size 0").contains("out of range"));
    }

    @Test
    void saysWhyAFileCannotBeWritten() {
        assertTrue(shell.fail("l2tp:capture office " + folder.resolve("no/such/folder")).contains("cannot be written"));
        assertEquals("Give a tunnel and a file: l2tp:capture office /tmp/office.pcapng", shell.fail("l2tp:capture office"));
        assertTrue(shell.fail("l2tp:trace office --seconds -1").contains("numbers from 0 on"));
        assertTrue(shell.fail("l2tp:trace offic").contains("Did you mean \"office\"?"));
    }
}
