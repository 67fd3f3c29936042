package org.isthmus.pppd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that pppd sees as /etc/ppp: scripts that tell of its events, and in the place of the secrets' files the one that it
 * inherits. Nothing of the system's own /etc/ppp counts.
 */
final class EventScript {
    /** Where pppd finds the users. */
    static final int USERS = 5;

    private static final String TEXT = """
            #!/bin/sh
            # Called by pppd as ip-up, ip-down, ipv6-up or ipv6-down, with the interface as $1 and the addresses of both ends as $4
            # and $5: tells the appliance in one piece what happened.
            [ -p "$L2TP_EVENTS" ] || exit 0
            printf '%s\\t%s\\t%s\\t%s\\t%s\\t%s\\t%s\\t%s\\000' "${0##*/}" "$L2TP_RUN" "$1" "$4" "$5" \\
                "$DNS1" "$DNS2" "$PEERNAME" 1<>"$L2TP_EVENTS"
            """;

    private EventScript() {
    }

    /** Makes the folder as it must be. */
    static void install(Path folder) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path script = folder.resolve("tell");
        Files.writeString(script, TEXT);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("options"), "");
        for (PppEvent.Kind kind : PppEvent.Kind.values()) {
            link(folder.resolve(kind.script()), script.getFileName());
        }
        link(folder.resolve("chap-secrets"), Path.of("/dev/fd/" + USERS));
        link(folder.resolve("pap-secrets"), Path.of("/dev/fd/" + USERS));
    }

    private static void link(Path name, Path target) throws IOException {
        Files.deleteIfExists(name);
        Files.createSymbolicLink(name, target);
    }
}
