package org.isthmus.console;

import java.nio.file.Path;

import org.apache.karaf.shell.support.CommandException;
import org.isthmus.console.ssh.KeysFile;
import org.isthmus.console.ssh.SshServer;
import org.osgi.framework.BundleContext;

/** Where the keys and the server are. */
final class SshAccess {
    private SshAccess() {
    }

    static KeysFile keysFile(BundleContext context) throws CommandException {
        return new KeysFile(etc(context).resolve("keys.properties"));
    }

    static SshServer server(BundleContext context) throws CommandException {
        return new SshServer(new Services(context), etc(context));
    }

    private static Path etc(BundleContext context) throws CommandException {
        String etc = context.getProperty("karaf.etc");
        if (etc == null) {
            throw new CommandException("The directory etc is not known: karaf.etc is not set.");
        }
        return Path.of(etc);
    }
}
