package org.isthmus.console.ssh;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.karaf.shell.support.CommandException;

/**
 * etc/keys.properties, in which Karaf looks for a user's key and roles at each login: {@code user = base64,role,…}, one
 * key for each user. Comments and lines of others stay as they are.
 *
 * @param path the file; it need not exist
 */
public record KeysFile(Path path) {
    private static final Pattern ENTRY =
            Pattern.compile("\\s*((?:[^#!\\s=:\\\\]|\\\\.)+)\\s*[=:]\\s*(.*)", Pattern.DOTALL);
    private static final Pattern CONTINUED = Pattern.compile("(?s).*(?<!\\\\)(?:\\\\\\\\)*\\\\");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,31}");
    private static final Charset CHARSET = StandardCharsets.ISO_8859_1;
    private static final String GROUP = "_g_:";
    private static final String ADMIN_GROUP = "_g_\\:admingroup";
    private static final String ADMIN_ROLES = "group,admin,manager,viewer,systembundles,ssh";

    /**
     * A user who may log in.
     *
     * @param user        the name
     * @param type        the key's algorithm
     * @param fingerprint the key's fingerprint
     * @param role        what the user may do
     */
    public record Login(String user, String type, String fingerprint, String role) {
    }

    /** What a user may do: each has what the one before it has. */
    public enum Role {
        VIEWER("viewer,ssh"), MANAGER("manager,viewer,ssh"), ADMIN("_g_:admingroup");

        private final String inFile;

        Role(String inFile) {
            this.inFile = inFile;
        }
    }

    /** Those who may log in, in the order of the file. */
    public List<Login> logins() throws CommandException {
        List<Login> logins = new ArrayList<>();
        for (String line : read()) {
            entry(line).filter(entry -> !name(entry).startsWith(GROUP)).ifPresent(entry -> logins.add(login(entry)));
        }
        return logins;
    }

    /** Gives a user this key, in place of the one that the user had. */
    public void put(String user, PublicKey key, Role role) throws CommandException {
        if (!USER.matcher(user).matches() || user.startsWith("_g_")) {
            throw new CommandException("\"" + user + "\" is not a user name: expected up to 32 letters, digits, dots,"
                    + " hyphens and underscores.");
        }
        List<String> lines = without(user);
        lines.add(user + " = " + key.base64() + "," + role.inFile);
        if (lines.stream().noneMatch(line -> line.strip().startsWith(ADMIN_GROUP))) {
            lines.add(ADMIN_GROUP + " = " + ADMIN_ROLES);
        }
        write(lines);
    }

    public void remove(String user) throws CommandException {
        write(without(user));
    }

    private List<String> without(String user) throws CommandException {
        List<String> lines = new ArrayList<>(read());
        lines.removeIf(line -> entry(line).filter(entry -> name(entry).equals(user)).isPresent());
        return lines;
    }

    private static Optional<Matcher> entry(String line) {
        return Optional.of(ENTRY.matcher(line)).filter(Matcher::matches);
    }

    private static String name(Matcher entry) {
        return entry.group(1).replace("\\", "");
    }

    private static Login login(Matcher entry) {
        List<String> parts = Arrays.asList(entry.group(2).replaceAll("\\\\\n\\s*", "").strip().split("\\s*,\\s*"));
        String roles = String.join(",", parts.subList(1, parts.size()));
        String role = Arrays.stream(Role.values()).filter(known -> known.inFile.equals(roles)).findFirst()
                .map(known -> known.name().toLowerCase(Locale.ROOT)).orElse(roles);
        for (String type : List.of("ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")) {
            try {
                PublicKey key = PublicKey.parse(type + " " + parts.get(0));
                return new Login(name(entry), type, key.fingerprint(), role);
            } catch (CommandException notThisType) {
                continue;
            }
        }
        return new Login(name(entry), "unknown", "", role);
    }

    /** The lines of the file; one that ends in a backslash and the one after it are one. */
    private List<String> read() throws CommandException {
        List<String> lines = new ArrayList<>();
        try {
            for (String line : Files.exists(path) ? Files.readAllLines(path, CHARSET) : List.<String>of()) {
                int last = lines.size() - 1;
                if (last >= 0 && CONTINUED.matcher(lines.get(last)).matches() && entry(lines.get(last)).isPresent()) {
                    lines.set(last, lines.get(last) + "\n" + line);
                } else {
                    lines.add(line);
                }
            }
            return lines;
        } catch (IOException unreadable) {
            throw new CommandException(path + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** A reader sees the old file or the new one, never a part, and only its owner can change who may log in. */
    private void write(List<String> lines) throws CommandException {
        try {
            Path target = Files.exists(path) ? path.toRealPath() : path;
            Path next = Files.createTempFile(target.toAbsolutePath().getParent(), ".keys", ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.write(next, lines, CHARSET);
                Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException unwritable) {
            throw new CommandException(path + " cannot be written: " + unwritable.getMessage()
                    + ". See that its directory belongs to " + System.getProperty("user.name") + ".", unwritable);
        }
    }
}
