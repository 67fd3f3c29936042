package org.isthmus.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.isthmus.console.completers.NewNameCompleter;
import org.isthmus.console.ssh.KeysFile;
import org.isthmus.console.ssh.PublicKey;

/** Lets somebody in over SSH. */
@Service
@Command(scope = "l2tp", name = "ssh-key-add", description = "Lets a user log in over SSH with a public key; the first key switches the SSH server on",
        detailedDescription = "RSA and ECDSA keys work, Ed25519 keys do not. A user has one key; another user name may"
                + " have another.\n\nExample:\n"
                + "  l2tp:ssh-key-add alice /home/alice/.ssh/id_ecdsa.pub\n"
                + "  l2tp:ssh-key-add alice ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTI... alice@laptop\n"
                + "  l2tp:ssh-key-add --role viewer watcher /tmp/watcher.pub")
public class SshKeyAddCommand extends L2tpCommand {
    private static final long MAX_FILE_BYTES = 16_384;

    @Option(name = "-r", aliases = "--role", description = "What the user may do: viewer (see), manager (operate) or"
            + " admin (everything)")
    @Completion(value = StringsCompleter.class, values = {"viewer", "manager", "admin"})
    String role = "admin";

    @Option(name = "-f", aliases = "--force", description = "Replace the key that the user has")
    boolean force;

    @Argument(index = 0, name = "user", description = "The user's name, of your choice", required = true)
    @Completion(NewNameCompleter.class)
    String user;

    @Argument(index = 1, name = "key", description = "The file with the public key, or the key itself", required = true,
            multiValued = true)
    @Completion(FileCompleter.class)
    List<String> typed;

    @Override
    protected void run() throws CommandException {
        List<String> words = operands(typed);
        KeysFile.Role allowed = role();
        PublicKey key = PublicKey.parse(words.size() == 1 ? read(words.get(0)) : String.join(" ", words));
        KeysFile keys = SshAccess.keysFile(context);
        if (!force && keys.logins().stream().anyMatch(login -> login.user().equals(user))) {
            throw new CommandException("User \"" + user + "\" has a key already, and a user has one only: give another"
                    + " name, or --force to replace it.");
        }
        keys.put(user, key, allowed);
        say("User \"" + user + "\" may log in as " + role + " with the key " + key.fingerprint() + ".");
        say(SshAccess.server(context).switchOn());
        say("Log in with: " + SshAccess.server(context).command(user));
    }

    private KeysFile.Role role() throws CommandException {
        return Arrays.stream(KeysFile.Role.values()).filter(known -> known.name().toLowerCase(Locale.ROOT).equals(role))
                .findFirst().orElseThrow(() -> new CommandException("There is no role \"" + role
                        + "\": expected viewer, manager or admin."));
    }

    private String read(String typed) throws CommandException {
        Path path = file(typed);
        try {
            if (Files.size(path) > MAX_FILE_BYTES) {
                throw new CommandException("The file " + path + " is too large for a public key.");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new CommandException("The file " + path + " cannot be read: see that it is there and may be read by "
                    + System.getProperty("user.name") + ". It is looked for where the appliance runs; a key from elsewhere"
                    + " can be given as text in place of the file.", unreadable);
        }
    }
}
