package org.isthmus.console;

import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.console.completers.LoginCompleter;
import org.isthmus.console.ssh.KeysFile;

/** Lets somebody in no more. */
@Service
@Command(scope = "l2tp", name = "ssh-key-remove", description = "Lets a user log in over SSH no more",
        detailedDescription = "Who is logged in stays so until the connection ends.\n\nExample:\n  l2tp:ssh-key-remove alice")
public class SshKeyRemoveCommand extends L2tpCommand {
    @Argument(name = "user", description = "The user's name", required = true, multiValued = true)
    @Completion(LoginCompleter.class)
    List<String> typed;

    @Override
    protected void run() throws CommandException {
        String user = operand(typed, "a user's name");
        KeysFile keys = SshAccess.keysFile(context);
        List<String> users = keys.logins().stream().map(KeysFile.Login::user).toList();
        if (!users.contains(user)) {
            throw unknown("user", user, users, "l2tp:ssh-key-list");
        }
        keys.remove(user);
        say("User \"" + user + "\" may log in over SSH no more.");
        if (users.size() == 1) {
            say("Nobody may now. The SSH server is still there; feature:uninstall l2tp-ssh takes it away.");
        }
    }
}
