package org.isthmus.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A bundle as the build left it: its manifest, its classes and its pom. */
record BuiltBundle(String name, Set<String> imports, Set<String> exports, Path jar, String pom) {

    private static final Pattern CLAUSE = Pattern.compile("([\\w.]+)((?:;\\s*[\\w:.-]+=(?:\"[^\"]*\"|[^,;\"]*))*),?\\s*");
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>\\s*<groupId>org\\.isthmus</groupId>\\s*"
            + "<artifactId>([^<]+)</artifactId>(.*?)</dependency>", Pattern.DOTALL);

    /** All of the house; what the examples know is said by their common pom: the api. */
    static List<BuiltBundle> all(Path root) {
        try (Stream<Path> folders = Files.list(root.resolve("bundles"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")) && !folder.endsWith("examples")).sorted().map(BuiltBundle::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BuiltBundle read(Path folder) {
        String name = folder.getFileName().toString();
        Path jar = onlyJar(folder.resolve("target"), name);
        try (JarFile file = new JarFile(jar.toFile())) {
            var headers = file.getManifest().getMainAttributes();
            return new BuiltBundle(name, packages(headers.getValue("Import-Package")), packages(headers.getValue("Export-Package")),
                    jar, Files.readString(folder.resolve("pom.xml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A header of its manifest, or an empty text. */
    String header(String header) {
        try (JarFile file = new JarFile(jar.toFile())) {
            String value = file.getManifest().getMainAttributes().getValue(header);
            return value == null ? "" : value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path onlyJar(Path target, String name) {
        try (Stream<Path> jars = Files.list(target)) {
            return jars.filter(jar -> jar.getFileName().toString().matches(Pattern.quote(name) + "-[0-9][^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst().orElseThrow(() -> new AssertionError("no jar of " + name + " in " + target + ": build it first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> packages(String header) {
        Set<String> packages = new TreeSet<>();
        Matcher clause = CLAUSE.matcher(header == null ? "" : header);
        int end = 0;
        while (clause.find() && clause.start() == end) {
            packages.add(clause.group(1));
            end = clause.end();
        }
        if (header != null && end != header.length()) {
            throw new AssertionError("cannot read the header: " + header.substring(end));
        }
        return packages;
    }

    /** The bundles of ours that the pom depends on, those of its tests left out. */
    List<String> dependencies() {
        List<String> names = new ArrayList<>();
        Matcher dependency = DEPENDENCY.matcher(pom);
        while (dependency.find()) {
            if (!dependency.group(2).contains("<scope>test</scope>")) {
                names.add(dependency.group(1));
            }
        }
        return names;
    }

    /** Which classes name one of the words in their constant pool, as a class, member or descriptor; by word. */
    Map<String, Set<String>> uses(Set<String> words) {
        Map<String, Set<String>> found = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (entry.getName().endsWith(".class")) {
                    String pool = text(file, entry);
                    words.stream().filter(pool::contains)
                            .forEach(word -> found.computeIfAbsent(word, any -> new TreeSet<>()).add(entry.getName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String text(JarFile file, JarEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
