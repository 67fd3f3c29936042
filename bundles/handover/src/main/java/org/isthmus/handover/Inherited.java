package org.isthmus.handover;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The descriptors that a process before this one gave away to be kept, and that this one was started with: by systemd, or by the keeper
 * of the appliance (sd_listen_fds(3): LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES).
 */
final class Inherited {
    private static final int FIRST = 3;
    /** Once in a process: later the numbers are others' descriptors. */
    private static final String TAKEN = "isthmus.inherited";

    private Inherited() {
    }

    /** Those of this process, by their names; none if they were asked for before. */
    static Map<String, Integer> take() {
        boolean taken = System.getProperties().putIfAbsent(TAKEN, "true") != null;
        return taken ? Map.of() : of(System.getenv(), ProcessHandle.current().pid());
    }

    /** What a process of this number finds in its environment. */
    static Map<String, Integer> of(Map<String, String> environment, long pid) {
        Map<String, Integer> found = new LinkedHashMap<>();
        int count = number(environment.get("LISTEN_FDS"));
        if (count <= 0 || number(environment.get("LISTEN_PID")) != pid) {
            return found;
        }
        String[] names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
        for (int i = 0; i < count; i++) {
            String name = i < names.length && !names[i].isEmpty() ? names[i] : "unknown";
            while (found.containsKey(name)) {
                name += "+";
            }
            found.put(name, FIRST + i);
        }
        return found;
    }

    private static int number(String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException foreign) {
            return -1;
        }
    }
}
