package org.isthmus.architecture;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which bundle lives on which floor: an arrow between bundles runs only downwards. */
final class Floors {

    private static final List<List<String>> FROM_THE_GROUND = List.of(
            List.of("jnr"),
            List.of("protocol", "ppp", "linux", "handover"),
            List.of("api"),
            List.of("core", "config"),
            List.of("event-scripts", "quirks", "ipsec", "radius", "ippool", "pppoe", "bridge", "pppd", "dataplane-kernel",
                    "dataplane-user"),
            List.of("console", "cli", "web", "metrics", "foreground", "upgrade"));

    private static final Map<String, Integer> FLOORS = IntStream.range(0, FROM_THE_GROUND.size()).boxed()
            .flatMap(floor -> FROM_THE_GROUND.get(floor).stream().map(bundle -> Map.entry(bundle, floor)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private Floors() {
    }

    /** The floor of a bundle, by its folder's name; a bundle without one has no place in the house yet. */
    static int of(String bundle) {
        Integer floor = FLOORS.get(bundle);
        if (floor == null) {
            throw new AssertionError("the bundle " + bundle + " is on no floor: give it one here and in the README");
        }
        return floor;
    }

    static boolean mayKnow(String bundle, String other) {
        return of(other) < of(bundle);
    }
}
