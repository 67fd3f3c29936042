package org.isthmus.foreground;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.TextSocket;

/** The descriptors that the appliance has given away to be kept, by their names. What it asks for is that of sd_notify(3). */
final class KeptDescriptors {
    private static final int LONGEST_NAME = 255;
    /** The first three are the terminal, or what stands for it. */
    private static final int FIRST = 3;

    private boolean ready;
    private final Map<String, Descriptor> byName = new LinkedHashMap<>();

    /** Does what a text asks for; what it does not know it ignores. */
    void told(TextSocket.Message message) {
        Map<String, String> wishes = new LinkedHashMap<>();
        for (String line : message.text().split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                wishes.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        Optional<String> name = Optional.ofNullable(wishes.get("FDNAME")).filter(KeptDescriptors::isName);
        boolean keeps = "1".equals(wishes.get("FDSTORE")) && name.isPresent() && message.descriptors().size() == 1;
        if (keeps) {
            forget(name.get());
            byName.put(name.get(), message.descriptors().get(0));
        } else {
            message.descriptors().forEach(Descriptor::close); // that of BARRIER=1 says so that all before it is done
        }
        ready |= "1".equals(wishes.get("READY"));
        if ("1".equals(wishes.get("FDSTOREREMOVE"))) {
            name.ifPresent(this::forget);
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_NAME && name.chars().allMatch(c -> c > ' ' && c < 127 && c != ':');
    }

    private void forget(String name) {
        Descriptor had = byName.remove(name);
        if (had != null) {
            had.close();
        }
    }

    void forgetAll() {
        List.copyOf(byName.keySet()).forEach(this::forget);
    }

    int count() {
        return byName.size();
    }

    /** Whether the process of now has said that it is up. */
    boolean isReady() {
        return ready;
    }

    /** What a process gets that is to go on with them: the terminal, and all of them in the order of {@link #environment}. */
    List<Descriptor> forChild() {
        List<Descriptor> all = new ArrayList<>();
        for (int number = 0; number < FIRST; number++) {
            all.add(Descriptor.owning(number));
        }
        all.addAll(byName.values());
        ready = false;
        return all;
    }

    /** How it learns of them (sd_listen_fds(3)), save for LISTEN_PID, which is its own number. */
    Map<String, String> environment() {
        return byName.isEmpty() ? Map.of()
                : Map.of("LISTEN_FDS", String.valueOf(byName.size()), "LISTEN_FDNAMES", String.join(":", byName.keySet()));
    }
}
