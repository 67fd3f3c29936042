package org.isthmus.pppd;

import java.util.List;

/** What pppd says in every session, and so explains nothing. */
final class Sayings {
    private static final List<String> ROUTINE = List.of("Plugin ", "Using interface", "Connect:", "Overriding mtu", "Overriding mru",
            "local  ", "remote ", "primary ", "secondary ", "peer from calling number", "Connect time", "Sent ", "Connection terminated",
            "Script ", "  script", "Waiting for", "Terminating", "Exit.", "Modem hangup", "Cannot determine ethernet address",
            "found interface", "sent [", "rcvd [", "using channel", "MPPE ", "replacing ", "PPPoL2TP ");

    private Sayings() {
    }

    static boolean isRoutine(String line) {
        return line.isEmpty() || line.contains("authentication succeeded") || ROUTINE.stream().anyMatch(line::startsWith)
                && !line.startsWith("MPPE required");
    }
}
