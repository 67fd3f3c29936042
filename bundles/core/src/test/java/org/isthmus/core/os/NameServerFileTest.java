package org.isthmus.core.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file in which the name servers of all sessions are listed. */
class NameServerFileTest {
    @TempDir
    private Path folder;

    private static List<String> lines(Path file) throws Exception {
        return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void eachNameServerIsListedOnceAsLongAsASessionHasIt() throws Exception {
        Path file = folder.resolve("data").resolve("resolv.conf");
        NameServerFile servers = new NameServerFile(file);
        InetAddress one = InetAddress.getByName("192.0.2.53");
        InetAddress two = InetAddress.getByName("198.51.100.53");
        servers.put("office/a", List.of(one));
        servers.put("office/b", List.of(two, one));
        assertEquals(List.of("nameserver 192.0.2.53", "nameserver 198.51.100.53"), lines(file));
        servers.put("office/a", List.of());
        assertEquals(List.of("nameserver 198.51.100.53", "nameserver 192.0.2.53"), lines(file));
        servers.put("office/b", List.of());
        assertEquals(List.of(), lines(file));
    }

    @Test
    void theFileIsWrittenOnlyWhereThatChangesIt() throws Exception {
        Path file = folder.resolve("resolv.conf");
        NameServerFile servers = new NameServerFile(file);
        InetAddress one = InetAddress.getByName("192.0.2.53");
        servers.put("office/a", List.of(one));
        Files.delete(file);
        servers.put("office/b", List.of(one));
        servers.put("office/a", List.of());
        assertFalse(Files.exists(file));
        servers.put("office/b", List.of());
        assertEquals(List.of(), lines(file));
    }

    @Test
    void aNewStartForgetsWhatWasToldBefore() throws Exception {
        Path file = folder.resolve("resolv.conf");
        Files.writeString(file, "nameserver 192.0.2.53\n");
        new NameServerFile(file).write();
        assertEquals(List.of(), lines(file));
    }
}
