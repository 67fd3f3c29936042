package org.isthmus.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.osgi.framework.Bundle;

/** Writes an installed bundle back into a jar: the framework does not say where its own copy is. */
final class BundleCopy {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private BundleCopy() {
    }

    static void write(Bundle bundle, Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            copy(bundle, MANIFEST, out);
            copyAll(bundle, "/", out);
        }
    }

    private static void copyAll(Bundle bundle, String folder, ZipOutputStream out) throws IOException {
        Enumeration<String> paths = bundle.getEntryPaths(folder);
        for (String path : paths == null ? Collections.<String>emptyList() : Collections.list(paths)) {
            if (path.endsWith("/")) {
                copyAll(bundle, path, out);
            } else if (!path.equals(MANIFEST)) {
                copy(bundle, path, out);
            }
        }
    }

    private static void copy(Bundle bundle, String path, ZipOutputStream out) throws IOException {
        URL entry = bundle.getEntry(path);
        if (entry == null) {
            throw new IOException("the bundle " + bundle.getSymbolicName() + " has lost " + path);
        }
        out.putNextEntry(new ZipEntry(path));
        try (InputStream in = entry.openStream()) {
            in.transferTo(out);
        }
        out.closeEntry();
    }
}
