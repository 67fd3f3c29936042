package org.isthmus.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Who may read a file. */
final class FileAccess {
    private static final int OTHERS = 0077;
    private static final int READABLE_BY_ALL = 0004;
    private static final int ROOT = 0;

    private FileAccess() {
    }

    /** Why a file cannot be trusted to hold secrets, and the command that mends it; empty if all is well. */
    static Optional<String> fault(Path file) {
        try {
            Map<String, Object> attributes = Files.readAttributes(file, "unix:mode,uid");
            int mode = (int) attributes.get("mode") & 07777;
            int owner = (int) attributes.get("uid");
            int self = effectiveUser();
            if (owner != self && owner != ROOT) {
                return Optional.of("belongs to user " + owner + ", who could change it; type: chown " + self + " " + file);
            }
            if ((mode & OTHERS) != 0) {
                return Optional.of("has mode " + Integer.toOctalString(mode)
                        + ", so that others than its owner may use it; type: chmod 600 " + file);
            }
            return Optional.empty();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.of("has an owner and mode that cannot be read (" + unknown.getMessage()
                    + "); put it on a Linux file system");
        }
    }

    /** Whether everybody on the machine may read a file; false if that is not known. */
    static boolean readableByAll(Path file) {
        try {
            return ((int) Files.getAttribute(file, "unix:mode") & READABLE_BY_ALL) != 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return false;
        }
    }

    /** The user as which this process acts. */
    private static int effectiveUser() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("Uid:")) {
                return Integer.parseInt(line.split("\\s+")[2]); // real, effective, saved, file system
            }
        }
        throw new IOException("/proc/self/status has no line Uid");
    }
}
