package org.isthmus.upgrade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A bundle that an operator wants to have in place of one that is installed.
 *
 * @param symbolicName its symbolic name
 * @param version      its version
 * @param headers      of its manifest
 * @param jar          a copy of it
 * @param origin       how it came to be wanted
 */
record NewBundle(String symbolicName, Version version, Map<String, String> headers, Path jar, Origin origin) {

    /** How it came to be wanted. */
    enum Origin {
        /** By itself. */
        FILE,
        /** With all of a KAR. */
        KAR,
        /** With all of a feature. */
        FEATURE
    }

    /**
     * Reads a jar.
     *
     * @param name what the operator calls it
     * @throws UpgradeException if it is no bundle
     */
    static NewBundle read(Path jar, String name, Origin origin) throws UpgradeException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            Map<String, String> headers = new LinkedHashMap<>();
            if (manifest != null) {
                manifest.getMainAttributes().forEach((header, value) -> headers.put(header.toString(), value.toString()));
            }
            List<HeaderClause> found = HeaderClause.parse(headers.get(Constants.BUNDLE_SYMBOLICNAME));
            if (found.isEmpty()) {
                throw new UpgradeException(name + " is no bundle: its manifest has no Bundle-SymbolicName.");
            }
            return new NewBundle(found.get(0).names().get(0),
                    Version.parseVersion(headers.get(Constants.BUNDLE_VERSION)), headers, jar, origin);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UpgradeException(name + " cannot be read as a bundle: " + unreadable.getMessage() + ".", unreadable);
        }
    }

    List<HeaderClause> header(String name) {
        return HeaderClause.parse(headers.get(name));
    }

    /** {@code org.isthmus.core 1.0.1}. */
    @Override
    public String toString() {
        return symbolicName + " " + version;
    }
}
