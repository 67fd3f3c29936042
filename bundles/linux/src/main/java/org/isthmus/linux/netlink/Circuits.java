package org.isthmus.linux.netlink;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whether the circuits of Ethernet sessions can carry traffic, from the state of the system's interfaces. A session's circuit is down
 * when somebody switched off its interface or the bridge that this is in, and when other ports of the bridge have all lost their
 * carrier. Interfaces of sessions are no such ports: whether they have a carrier is for their peers to say. It is told of interfaces by
 * {@link CircuitNews}. For one thread.
 */
public final class Circuits {

    private final Map<Integer, Link> links = new HashMap<>();
    private final Map<Integer, Circuit> circuits = new HashMap<>();
    private final Map<Integer, Bridge> bridges = new HashMap<>();
    /** Interfaces of sessions that have ended; until they are gone they are switched off, which says nothing about their bridge. */
    private final Set<Integer> going = new HashSet<>();

    /** What is in a bridge, counted as it changes: there may be tens of thousands of ports. */
    private static final class Bridge {
        private final Set<Integer> sessions = new HashSet<>();
        private int others;
        private int othersRunning;
        private boolean passes = true;

        /** Whether at least one port has a carrier, if there are any besides those of sessions. */
        boolean hasCarrier() {
            return others == 0 || othersRunning > 0;
        }
    }

    /** Of one session. */
    private static final class Circuit {
        private final Consumer<Boolean> listener;
        private boolean isTold;
        private boolean up;

        Circuit(Consumer<Boolean> listener) {
            this.listener = listener;
        }
    }

    /** A session has an interface; tells how its circuit is, and when that changes. */
    public void add(int index, Consumer<Boolean> listener) {
        Link link = links.get(index);
        count(link, -1);
        going.remove(index);
        circuits.put(index, new Circuit(listener));
        count(link, 1);
        judge(index);
        judgeBridgeOf(link);
    }

    /** The session's interface is to go. */
    public void remove(int index) {
        Link link = links.get(index);
        count(link, -1);
        circuits.remove(index);
        if (link != null) {
            going.add(index);
            judgeBridgeOf(link);
        }
    }

    /** An interface is new or has changed. */
    public void changed(Link link) {
        Link before = links.put(link.index(), link);
        count(before, -1);
        count(link, 1);
        judge(link.index());
        judgeBridge(link.index());
        judgeBridgeOf(link);
        judgeBridgeOf(before);
    }

    /** An interface is no more. */
    public void gone(int index) {
        Link before = links.remove(index);
        count(before, -1);
        Circuit circuit = circuits.get(index);
        if (circuit != null) {
            tell(circuit, false);
        }
        going.remove(index);
        judgeBridge(index);
        judgeBridgeOf(before);
    }

    /** Has a port come to the bridge that it is in, or go from it; null is no port. */
    private void count(Link port, int change) {
        if (port == null || port.master() == 0 || going.contains(port.index())) {
            return;
        }
        Bridge bridge = bridges.computeIfAbsent(port.master(), first -> new Bridge());
        if (!circuits.containsKey(port.index())) {
            bridge.others += change;
            bridge.othersRunning += port.running() ? change : 0;
        } else if (change > 0) {
            bridge.sessions.add(port.index());
        } else {
            bridge.sessions.remove(port.index());
        }
    }

    private void judgeBridgeOf(Link port) {
        if (port != null && port.master() != 0) {
            judgeBridge(port.master());
        }
    }

    /** Tells the sessions in a bridge, if it has changed what they depend on. */
    private void judgeBridge(int index) {
        Bridge bridge = bridges.get(index);
        if (bridge == null) {
            return;
        }
        boolean passes = passes(index);
        if (bridge.passes != passes) {
            bridge.passes = passes;
            Set.copyOf(bridge.sessions).forEach(this::judge);
        }
        if (bridge.others == 0 && bridge.sessions.isEmpty()) {
            bridges.remove(index);
        }
    }

    private void judge(int index) {
        Link own = links.get(index);
        Circuit circuit = circuits.get(index);
        if (own != null && circuit != null) {
            tell(circuit, own.up() && (own.master() == 0 || passes(own.master())));
        }
    }

    private boolean passes(int bridge) {
        Link itself = links.get(bridge);
        Bridge ports = bridges.get(bridge);
        return (itself == null || itself.up()) && (ports == null || ports.hasCarrier());
    }

    private static void tell(Circuit circuit, boolean up) {
        if (circuit.up != up || !circuit.isTold) {
            circuit.isTold = true;
            circuit.up = up;
            circuit.listener.accept(up);
        }
    }
}
