package org.isthmus.core.os;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name servers that sessions have been told, in the format of resolv.conf(5), each once, those of the session that came first in
 * front. Where that changes anything the file is written anew beside the one before it and then takes its name. For one thread.
 */
final class NameServerFile {
    private static final Logger LOG = LoggerFactory.getLogger(NameServerFile.class);

    private final Path file;
    private final Map<String, List<InetAddress>> bySession = new LinkedHashMap<>();
    /** What is in the file now. */
    private String written = "";

    NameServerFile(Path file) {
        this.file = file;
    }

    /** @param servers what a session has been told; none takes it out */
    void put(String session, List<InetAddress> servers) {
        List<InetAddress> before = servers.isEmpty() ? bySession.remove(session) : bySession.put(session, List.copyOf(servers));
        if (!servers.equals(before == null ? List.of() : before)) {
            write();
        }
    }

    void write() {
        Set<String> lines = new LinkedHashSet<>();
        bySession.values().forEach(servers -> servers.forEach(server -> lines.add("nameserver " + server.getHostAddress())));
        StringBuilder text = new StringBuilder("# Name servers that peers have told l2tpd (ask_dns). It writes this file anew at every change.\n");
        lines.forEach(line -> text.append(line).append('\n'));
        if (written.contentEquals(text)) {
            return; // most sessions are told the same
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = text.toString();
        } catch (IOException full) {
            LOG.error("the name servers of peers are not in {}: {}", file, full.toString());
        }
    }
}
