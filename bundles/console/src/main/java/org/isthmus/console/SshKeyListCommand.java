package org.isthmus.console;

import static org.isthmus.console.text.Table.words;

import java.util.List;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.console.ssh.KeysFile;
import org.isthmus.console.text.Table;

/** Who may log in. */
@Service
@Command(scope = "l2tp", name = "ssh-key-list", description = "Lists who may log in over SSH",
        detailedDescription = "Example:\n  l2tp:ssh-key-list\n  l2tp:ssh-key-list --json")
public class SshKeyListCommand extends ShowCommand {

    @Override
    protected View view() throws CommandException {
        List<KeysFile.Login> logins = SshAccess.keysFile(context).logins();
        return new View(logins, () -> table(logins));
    }

    private static Table table(List<KeysFile.Login> logins) {
        Table table = new Table("Nobody may log in over SSH. l2tp:ssh-key-add lets somebody in.",
                words("USER"), words("ROLE"), words("KEY").ifThereIsRoom(), words("FINGERPRINT"));
        logins.forEach(login -> table.add(login.user(), login.role(), login.type(), login.fingerprint()));
        return table;
    }
}
