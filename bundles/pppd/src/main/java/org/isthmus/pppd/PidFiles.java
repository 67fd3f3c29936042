package org.isthmus.pppd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which pppd were started, one file each: its name is the process number, its text tells the process from a later one of that
 * number, and names the process that started it. What an appliance leaves that was killed is found by them.
 */
final class PidFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PidFiles.class);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    /** Behind the name of a process, which may hold anything, in /proc/PID/stat: the 20th field is when it was started. */
    private static final int STARTED_FIELD = 20;

    private final Path folder;
    private final String ourselves;

    PidFiles(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        ourselves = identity(ProcessHandle.current().pid()).orElseThrow(() -> new IOException("/proc is not mounted"));
    }

    /** Which process it is, of all that had or will have its number; empty if there is none. */
    private static Optional<String> identity(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String started = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ")[STARTED_FIELD - 1];
            return Optional.of(pid + "/" + started + "/" + Files.readString(BOOT_ID).trim());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    void add(long pid, String session) {
        identity(pid).ifPresent(child -> {
            try {
                Files.writeString(file(pid), child + "\n" + ourselves + "\n" + session + "\n");
            } catch (IOException full) {
                LOG.warn("pppd {} of session \"{}\" will not be found if the appliance is killed: {}", pid, session, full.getMessage());
            }
        });
    }

    void remove(long pid) {
        try {
            Files.deleteIfExists(file(pid));
        } catch (IOException kept) {
            LOG.debug("{} stays: {}", file(pid), kept.getMessage());
        }
    }

    /** Those whose appliance is gone. The files of those that are gone themselves are taken away. */
    List<Long> orphans() throws IOException {
        List<Long> orphans = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.getFileName().toString().matches("\\d{1,9}")).toList()) {
                long pid = Long.parseLong(file.getFileName().toString());
                List<String> lines = Files.readAllLines(file);
                boolean alive = lines.size() == 3 && identity(pid).equals(Optional.of(lines.get(0)));
                if (!alive) {
                    remove(pid);
                } else if (!lives(lines.get(1))) {
                    LOG.warn("pppd {} of session \"{}\" was left by an appliance that is gone", pid, lines.get(2));
                    orphans.add(pid);
                }
            }
        }
        return orphans;
    }

    private static boolean lives(String identity) {
        return identity(Long.parseLong(identity.substring(0, identity.indexOf('/')))).equals(Optional.of(identity));
    }

    /** Ends one of them: with a signal that it can obey, then with one that it cannot. */
    static void end(long pid, boolean forcibly) {
        ProcessHandle.of(pid).ifPresent(forcibly ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
    }

    private Path file(long pid) {
        return folder.resolve(Long.toString(pid));
    }
}
