package org.isthmus.core.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The halves of switched calls that go on where another object was, each with its worker, until they know of each other again.
 * Workers add theirs one after the other, then they are tied by whoever started them, then anything passes.
 */
final class SwitchedHalves {
    private final Map<String, CallSwitch> first = new HashMap<>();
    private final Map<OnwardCall, String> second = new HashMap<>();
    private final Set<CallSwitch> tied = new HashSet<>();

    void add(String fullName, CallSwitch half) {
        first.put(fullName, half);
    }

    /** @param firstHalf the full name of its first half */
    void add(OnwardCall half, String firstHalf) {
        second.put(half, firstHalf);
    }

    /** Ties them. */
    void tie() {
        List.copyOf(second.keySet()).forEach(half -> {
            CallSwitch other = first.get(second.get(half));
            if (other != null) {
                half.resume(other);
                tied.add(other);
                second.remove(half);
            }
        });
    }

    /** Ends those of a worker that have no other half. On the worker's thread. */
    void endOthers(Worker worker) {
        second.keySet().stream().filter(half -> half.worker() == worker).toList().forEach(OnwardCall::endAlone);
        first.values().stream().filter(half -> half.worker() == worker && !tied.contains(half)).toList().forEach(CallSwitch::endAlone);
    }
}
