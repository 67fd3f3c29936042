package org.isthmus.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long upgrades took here, by the names of what was replaced, in a file. */
final class Pauses {
    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);

    private final Path file;

    Pauses(Path file) {
        this.file = file;
    }

    /** What these are expected to take: measured here, or else what the slowest of them says of itself. */
    Plan.Pause expected(Collection<Bundle> replaced, Collection<Bundle> affected) {
        String packets = affected.stream().map(bundle -> Planner.says(bundle, "packets")).flatMap(text -> Stream.of(text.split(", ")))
                .filter(text -> !text.isEmpty()).distinct().collect(Collectors.joining(", "));
        long experience = affected.stream().mapToLong(bundle -> number(Planner.says(bundle, "pause"))).sum();
        String last = read().getProperty(key(replaced.stream().map(Bundle::getSymbolicName).toList()));
        return last == null ? new Plan.Pause(experience, false, packets) : new Plan.Pause(number(last), true, packets);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** It took so long. */
    synchronized void record(List<String> replaced, long millis) {
        Properties all = read();
        all.setProperty(key(replaced), Long.toString(millis));
        try (OutputStream out = Files.newOutputStream(file)) {
            all.store(out, "milliseconds of the last upgrade of each");
        } catch (IOException full) {
            LOG.warn("how long the upgrade took is not kept: {}", full.getMessage());
        }
    }

    private Properties read() {
        Properties all = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                all.load(in);
            } catch (IOException | IllegalArgumentException unreadable) {
                LOG.warn("how long upgrades took cannot be read from {}: {}", file, unreadable.getMessage());
            }
        }
        return all;
    }

    private static String key(Collection<String> replaced) {
        return String.join("+", new TreeSet<>(replaced.stream().filter(Objects::nonNull).toList()));
    }
}
