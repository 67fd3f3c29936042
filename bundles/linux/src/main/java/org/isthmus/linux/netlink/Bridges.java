package org.isthmus.linux.netlink;

import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The Linux bridges that interfaces are put into: made when the first comes, and those that are not to stay taken away with the last.
 *
 * <p>A bridge of the kernel has 1,023 ports. Interfaces beyond {@link #DIRECT_PORTS} go into bridges of their own, a thousand in each,
 * that hang on the one asked for by a veth pair: {@code lan-i1} on {@code lan} by {@code lan-i1u} (in lan) and {@code lan-i1d}. An
 * interface that is isolated sees none of the others that are, wherever they hang: the upper ends of the pairs are isolated too. Not
 * for several threads at once.
 */
public final class Bridges {

    /** How many interfaces are put straight into a bridge; the rest of its ports is for others, and for what hangs on it. */
    public static final int DIRECT_PORTS = 400;
    private static final int HANGING_PORTS = 1000;
    private static final int MOST_HANGING = 0x1ff;
    private static final int NAME_CHARACTERS = 15;
    /** So many interfaces that have left a bridge are remembered before it is looked which of them are still there. */
    private static final int MOST_LEAVING = 1000;
    private static final String GOES = "l2tp: goes with its last session";

    private final int directPorts;
    private final int hangingPorts;
    private final Map<Integer, Place> joined = new HashMap<>();
    private final Map<Place, Integer> ports = new HashMap<>();
    /** By bridge, the interfaces that have left it but that the kernel may still be taking away: they keep no bridge. */
    private final Map<String, Set<Integer>> leaving = new HashMap<>();

    public Bridges() {
        this(DIRECT_PORTS, HANGING_PORTS);
    }

    Bridges(int directPorts, int hangingPorts) {
        this.directPorts = directPorts;
        this.hangingPorts = hangingPorts;
    }

    /** A bridge with room: the one asked for (0), or one that hangs on it. */
    private record Place(String bridge, boolean isolated, int hanging) {
        String name() {
            return hanging == 0 ? bridge : bridge + (isolated ? "-i" : "-o") + Integer.toHexString(hanging);
        }
    }

    /**
     * Puts an interface into a bridge.
     *
     * @param isolated  whether its frames go to ports only that are not isolated
     * @param temporary whether the bridge, if it is made now, goes with its last port
     */
    public void join(RouteSocket routes, int interfaceIndex, String bridge, boolean isolated, boolean temporary) throws LinuxException {
        Place place = place(bridge, isolated);
        int into = bridge(routes, bridge, temporary);
        if (place.hanging() > 0 && count(place) == 0) {
            into = hang(routes, place, into);
        } else if (place.hanging() > 0) {
            into = index(routes, place.name());
        }
        // What is in a bridge has no addresses: those are the bridge's. Refused where there is no IPv6.
        routes.executeAll(List.of(RouteRequests.withoutAutomaticAddress(interfaceIndex)));
        routes.execute(RouteRequests.setMaster(interfaceIndex, into));
        joined.put(interfaceIndex, place);
        ports.merge(place, 1, Integer::sum);
        if (isolated) {
            routes.execute(RouteRequests.setIsolated(interfaceIndex, true));
        }
    }

    /** An interface goes, or has gone; and with it the bridge, if it was the last and the bridge is not to stay. */
    public void leave(RouteSocket routes, int interfaceIndex) throws LinuxException {
        Place place = joined.remove(interfaceIndex);
        if (place == null) {
            return;
        }
        remember(routes, place.bridge(), interfaceIndex);
        if (ports.merge(place, -1, Integer::sum) > 0) {
            return;
        }
        ports.remove(place);
        if (place.hanging() > 0) {
            takeDown(routes, place);
        }
        if (ports.keySet().stream().noneMatch(other -> other.bridge().equals(place.bridge()))) {
            deleteIfDone(routes, place.bridge());
        }
    }

    private void remember(RouteSocket routes, String bridge, int interfaceIndex) throws LinuxException {
        Set<Integer> gone = leaving.computeIfAbsent(bridge, first -> new HashSet<>());
        gone.add(interfaceIndex);
        if (gone.size() > MOST_LEAVING) {
            gone.retainAll(routes.links().stream().map(Link::index).collect(Collectors.toSet()));
        }
    }

    private static void takeDown(RouteSocket routes, Place place) throws LinuxException {
        delete(routes, place.name() + "u");
        delete(routes, place.name());
    }

    /** Deletes a bridge that is not to stay, unless it has other ports than those that go. */
    private void deleteIfDone(RouteSocket routes, String name) throws LinuxException {
        Set<Integer> going = leaving.getOrDefault(name, Set.of());
        Optional<Link> bridge = routes.link(name);
        if (bridge.isPresent() && bridge.get().alias().equals(GOES) && routes.links().stream()
                .noneMatch(port -> port.master() == bridge.get().index() && !going.contains(port.index()))) {
            routes.execute(RouteRequests.deleteLink(bridge.get().index()));
        }
        leaving.remove(name);
    }

    /** All interfaces are about to go: what goes with the last of them goes now, at once. */
    public void leaveAll(RouteSocket routes) throws LinuxException {
        joined.forEach((index, place) -> leaving.computeIfAbsent(place.bridge(), first -> new HashSet<>()).add(index));
        Set<Place> places = Set.copyOf(ports.keySet());
        joined.clear();
        ports.clear();
        for (Place place : places) {
            if (place.hanging() > 0) {
                takeDown(routes, place);
            }
        }
        for (String bridge : places.stream().map(Place::bridge).distinct().toList()) {
            deleteIfDone(routes, bridge);
        }
    }

    private Place place(String bridge, boolean isolated) {
        // Those that are put straight into it are counted together.
        Place direct = new Place(bridge, true, 0);
        if (count(direct) < directPorts) {
            return direct;
        }
        for (int i = 1; i <= MOST_HANGING; i++) {
            Place hanging = new Place(bridge, isolated, i);
            if (count(hanging) < hangingPorts) {
                return hanging;
            }
        }
        return new Place(bridge, isolated, MOST_HANGING);
    }

    private int count(Place place) {
        return ports.getOrDefault(place, 0);
    }

    /** The index of the bridge, which is made and switched on if it is not there. */
    private static int bridge(RouteSocket routes, String name, boolean temporary) throws LinuxException {
        Optional<Link> there = routes.link(name);
        if (there.isPresent()) {
            return there.get().index();
        }
        routes.execute(RouteRequests.addLink("bridge", name));
        int index = index(routes, name);
        if (temporary) {
            routes.execute(RouteRequests.setAlias(index, GOES));
        }
        routes.execute(RouteRequests.setUp(index, true));
        return index;
    }

    /** Makes a bridge that hangs on another. One of that name that an appliance left that was killed is taken over. */
    private int hang(RouteSocket routes, Place place, int above) throws LinuxException {
        String upper = place.name() + "u";
        String lower = place.name() + "d";
        if (upper.length() > NAME_CHARACTERS) {
            throw new LinuxException("put more than " + directPorts + " sessions into the bridge " + place.bridge()
                    + ", for which its name may have " + (NAME_CHARACTERS - 6) + " characters at most", Errno.EINVAL);
        }
        int index = bridge(routes, place.name(), true);
        if (routes.link(upper).isEmpty()) {
            routes.execute(RouteRequests.addVeth(upper, lower));
        }
        int upperIndex = index(routes, upper);
        int lowerIndex = index(routes, lower);
        routes.executeAll(List.of(RouteRequests.withoutAutomaticAddress(upperIndex), RouteRequests.withoutAutomaticAddress(lowerIndex)));
        routes.execute(RouteRequests.setMaster(upperIndex, above));
        routes.execute(RouteRequests.setMaster(lowerIndex, index));
        routes.execute(RouteRequests.setIsolated(upperIndex, place.isolated()));
        routes.execute(RouteRequests.setUp(lowerIndex, true));
        routes.execute(RouteRequests.setUp(upperIndex, true));
        return index;
    }

    private static int index(RouteSocket routes, String name) throws LinuxException {
        return routes.link(name).orElseThrow(() -> new LinuxException("find the interface " + name, Errno.ENODEV)).index();
    }

    private static void delete(RouteSocket routes, String name) throws LinuxException {
        Optional<Link> link = routes.link(name);
        if (link.isPresent()) {
            routes.execute(RouteRequests.deleteLink(link.get().index()));
        }
    }
}
