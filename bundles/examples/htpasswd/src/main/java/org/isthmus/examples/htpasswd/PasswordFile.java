package org.isthmus.examples.htpasswd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of a file, one on a line, {@code NAME:HASH}; lines that are empty or begin with {@code #} say nothing. It is read again when
 * it has changed. A line that cannot be read is reported and left out; a file that cannot be read leaves the users as they were.
 */
final class PasswordFile {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordFile.class);

    private final Path path;
    private Map<String, PasswordHash> users = Map.of();
    private FileTime modified = FileTime.fromMillis(Long.MIN_VALUE);
    private long bytes = -1;
    /** Whether it was said that the file cannot be read, since it could be. */
    private boolean reported;

    PasswordFile(Path path) {
        this.path = path;
    }

    synchronized Optional<PasswordHash> find(String user) {
        try {
            FileTime now = Files.getLastModifiedTime(path);
            long size = Files.size(path);
            if (!now.equals(modified) || size != bytes) {
                users = read(Files.readAllLines(path));
                modified = now;
                bytes = size;
                LOG.info("{} users in {}", users.size(), path);
            }
            reported = false;
        } catch (IOException unreadable) {
            bytes = -1; // to be read when it is there again, changed or not
            if (!reported) {
                reported = true;
                LOG.error("cannot read {}: {}. Its users are those of before, if any", path, unreadable.toString());
            }
        }
        return Optional.ofNullable(users.get(user));
    }

    private Map<String, PasswordHash> read(List<String> lines) {
        Map<String, PasswordHash> read = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            Optional<PasswordHash> hash = colon > 0 ? PasswordHash.parse(line.substring(colon + 1)) : Optional.empty();
            if (hash.isEmpty()) {
                LOG.error("{} line {} is not NAME:pbkdf2$ITERATIONS$SALT$HASH and is left out", path, i + 1);
            } else {
                read.put(line.substring(0, colon), hash.get());
            }
        }
        return read;
    }
}
