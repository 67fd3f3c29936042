package org.isthmus.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Fetches what an operator names: files, URLs, KARs, features. */
final class Offers {
    private static final String KAR = ".kar";
    private static final String JAR = ".jar";

    private final Path scratch;
    private final Offer.Features features;
    private final List<NewBundle> bundles = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    /** @param scratch an empty folder, where copies go */
    Offers(Path scratch, Offer.Features features) {
        this.scratch = scratch;
        this.features = features;
    }

    /**
     * Fetches all.
     *
     * @param folder of relative paths
     * @throws UpgradeException if one is not there, or is no bundle
     */
    Offer fetch(List<String> typed, Path folder) throws UpgradeException {
        for (String one : typed) {
            fetch(one, folder);
        }
        List<String> names = bundles.stream().map(NewBundle::symbolicName).toList();
        for (String name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new UpgradeException("There are several of " + name + ". Give one.");
            }
        }
        return new Offer(List.copyOf(bundles), List.copyOf(asked));
    }

    private void fetch(String typed, Path folder) throws UpgradeException {
        Path file = typed.contains(":") ? null : folder.resolve(typed);
        if (file != null && Files.isRegularFile(file)) {
            open(file.toUri().toString(), typed, NewBundle.Origin.FILE);
        } else if (file == null) {
            open(typed, typed, NewBundle.Origin.FILE);
        } else if (typed.endsWith(JAR) || typed.endsWith(KAR)) {
            throw new UpgradeException("There is no file " + file + ".");
        } else {
            feature(typed);
        }
    }

    private void feature(String typed) throws UpgradeException {
        int slash = typed.indexOf('/');
        String name = slash < 0 ? typed : typed.substring(0, slash);
        Optional<String> version = slash < 0 ? features.newest(name) : Optional.of(typed.substring(slash + 1));
        if (version.isEmpty()) {
            throw new UpgradeException("\"" + typed + "\" is neither a file nor a feature that is known. feature:repo-add makes the features"
                    + " of a repository known.");
        }
        for (String location : features.bundles(name, version.get())) {
            open(location, location, NewBundle.Origin.FEATURE);
        }
        asked.add(name + "/" + version.get());
    }

    private void open(String url, String name, NewBundle.Origin origin) throws UpgradeException {
        try (InputStream in = new URL(url).openStream()) {
            if (url.endsWith(KAR)) {
                unpack(in, name);
            } else {
                add(in, name, origin);
            }
        } catch (MalformedURLException unknown) {
            throw new UpgradeException("\"" + name + "\" is no URL that can be read here: " + unknown.getMessage() + ".", unknown);
        } catch (IOException absent) {
            throw new UpgradeException(name + " cannot be read: " + absent.getMessage() + ".", absent);
        }
    }

    /** The bundles of a KAR: the jars in its repository. */
    private void unpack(InputStream in, String name) throws IOException, UpgradeException {
        int found = 0;
        ZipInputStream kar = new ZipInputStream(in);
        for (ZipEntry entry = kar.getNextEntry(); entry != null; entry = kar.getNextEntry()) {
            if (entry.getName().endsWith(JAR)) {
                add(kar, name + "!" + entry.getName(), NewBundle.Origin.KAR);
                found++;
            }
        }
        if (found == 0) {
            throw new UpgradeException(name + " has no bundle in it.");
        }
    }

    private void add(InputStream in, String name, NewBundle.Origin origin) throws IOException, UpgradeException {
        Path copy = scratch.resolve(bundles.size() + JAR);
        Files.copy(in, copy);
        bundles.add(NewBundle.read(copy, name, origin));
    }
}
