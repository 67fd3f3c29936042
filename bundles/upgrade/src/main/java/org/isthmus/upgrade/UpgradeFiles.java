package org.isthmus.upgrade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

import org.osgi.framework.Bundle;

/**
 * What upgrades leave in the folder {@code upgrade} of the appliance's data: the versions of before, the new ones where the features find
 * them, and how long each took.
 */
final class UpgradeFiles {
    private static final String MAVEN = "mvn:";
    private static final int COORDINATES = 3;

    private final Path folder;

    UpgradeFiles(Path folder) {
        this.folder = folder;
    }

    Path pauses() {
        return folder.resolve("pauses.properties");
    }

    /** A folder for what is being looked at, empty. */
    Path scratch() throws IOException {
        Path scratch = folder.resolve("scratch");
        clear(scratch);
        return Files.createDirectories(scratch);
    }

    /** Where the version of a bundle is kept that is replaced now; earlier ones of it go. */
    Path before(Bundle bundle) throws IOException {
        Path kept = folder.resolve("before").resolve(bundle.getSymbolicName());
        clear(kept);
        return Files.createDirectories(kept).resolve(bundle.getSymbolicName() + "-" + bundle.getVersion() + ".jar");
    }

    /**
     * Has a new version found wherever the features ask for the one before by its coordinates: Karaf would bring that one back as soon as
     * any feature is installed or removed.
     */
    void install(Bundle bundle, Path jar) throws IOException {
        Path place = repositoryPath(bundle.getLocation());
        if (place != null) {
            Files.createDirectories(place.getParent());
            Path next = place.resolveSibling(place.getFileName() + ".next");
            Files.copy(jar, next, StandardCopyOption.REPLACE_EXISTING);
            Files.move(next, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Where a Maven repository in this folder would have what is at {@code mvn:group/artifact/version}; null for other locations. */
    private Path repositoryPath(String location) {
        String[] parts = location.startsWith(MAVEN) ? location.substring(MAVEN.length()).split("/") : new String[0];
        if (parts.length != COORDINATES || location.contains("..") || location.contains("!")) {
            return null;
        }
        return folder.resolve("repository").resolve(parts[0].replace('.', '/')).resolve(parts[1]).resolve(parts[2])
                .resolve(parts[1] + "-" + parts[2] + ".jar");
    }

    private static void clear(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
