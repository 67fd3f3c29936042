package org.isthmus.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, KARs and features as an operator names them. */
class OffersTest {
    @TempDir
    Path folder;
    private Path scratch;

    @BeforeEach
    void makeScratch() throws IOException {
        scratch = Files.createDirectories(folder.resolve("scratch"));
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] bundle(String name, String version) throws IOException {
        return zip("META-INF/MANIFEST.MF", ("Manifest-Version: 1.0\nBundle-SymbolicName: " + name + ";singleton:=true\nBundle-Version: "
                + version + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Offer fetch(String... typed) throws UpgradeException {
        return new Offers(scratch, new Offer.Features() {
            @Override
            public List<String> bundles(String name, String version) {
                return List.of(folder.resolve("a.jar").toUri().toString());
            }

            @Override
            public Optional<String> newest(String name) {
                return name.equals("known") ? Optional.of("1.1") : Optional.empty();
            }

            @Override
            public void installed(String name, String version) {
            }
        }).fetch(List.of(typed), folder);
    }

    @Test
    void aFileIsABundle() throws Exception {
        Files.write(folder.resolve("a.jar"), bundle("org.example.a", "1.2.3"));
        NewBundle found = fetch("a.jar").bundles().get(0);
        assertEquals("org.example.a 1.2.3", found.toString());
        assertEquals(NewBundle.Origin.FILE, found.origin());
    }

    @Test
    void aKarHasTheBundlesInItsRepository() throws Exception {
        Files.write(folder.resolve("a.kar"), zip("repository/org/example/a/1/a-1.jar", bundle("org.example.a", "1")));
        assertEquals("org.example.a 1.0.0", fetch("a.kar").bundles().get(0).toString());
    }

    @Test
    void aFeatureIsOfItsNewestVersionUnlessOneIsGiven() throws Exception {
        Files.write(folder.resolve("a.jar"), bundle("org.example.a", "1"));
        assertEquals(List.of("known/1.1"), fetch("known").features());
        Files.delete(scratch.resolve("0.jar"));
        assertEquals(List.of("known/1.0"), fetch("known/1.0").features());
    }

    @Test
    void whatIsNoBundleIsRefusedWithTheReason() throws Exception {
        Files.write(folder.resolve("text.jar"), "text".getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("plain.jar"), zip("x", new byte[0]));
        assertTrue(assertThrows(UpgradeException.class, () -> fetch("text.jar")).getMessage().contains("cannot be read as a bundle"));
        Files.delete(scratch.resolve("0.jar"));
        assertTrue(assertThrows(UpgradeException.class, () -> fetch("plain.jar")).getMessage().contains("no Bundle-SymbolicName"));
        assertTrue(assertThrows(UpgradeException.class, () -> fetch("missing.jar")).getMessage().contains("There is no file"));
        assertTrue(assertThrows(UpgradeException.class, () -> fetch("unknown")).getMessage().contains("neither a file nor a feature"));
    }
}
