package org.isthmus.console.completers;

import java.nio.file.Path;
import java.util.List;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.console.ssh.KeysFile;

/** Users who have a key. */
@Service
public class LoginCompleter extends WordCompleter {

    @Override
    List<String> words(String typed, CommandLine line) {
        String etc = context.getProperty("karaf.etc");
        try {
            return etc == null ? List.of() : new KeysFile(Path.of(etc, "keys.properties")).logins().stream()
                    .map(login -> login.user() + " ").toList();
        } catch (CommandException unreadable) {
            return List.of();
        }
    }
}
