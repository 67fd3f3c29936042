package org.isthmus.linux.netlink;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Whether the circuits of Ethernet sessions can carry traffic, from the state of the system's interfaces. A session's circuit is down
 * when somebody switched off its interface or the bridge that this is in, and when other ports of the bridge have all lost their
 * carrier. Interfaces of sessions are no such ports: whether they have a carrier is for their peers to say. It is told of interfaces by
 * {@link LinkNews}. For one thread.
 */
public final class Circuits {

    private final Map<Integer, Link> links = new HashMap<>();
    private final Map<Integer, Circuit> circuits = new HashMap<>();

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
        circuits.put(index, new Circuit(listener));
        judge(index);
    }

    /** The session's interface is to go. */
    public void remove(int index) {
        circuits.remove(index);
    }

    /** An interface is new or has changed. */
    public void changed(Link link) {
        Link before = links.put(link.index(), link);
        if (circuits.containsKey(link.index())) {
            judge(link.index());
        } else {
            judgePorts(link.index());
            judgePorts(link.master());
            if (before != null && before.master() != link.master()) {
                judgePorts(before.master());
            }
        }
    }

    /** An interface is no more. */
    public void gone(int index) {
        Link before = links.remove(index);
        Circuit circuit = circuits.get(index);
        if (circuit != null) {
            tell(circuit, false);
        } else if (before != null) {
            judgePorts(before.master());
        }
    }

    private void judgePorts(int bridge) {
        if (bridge == 0) {
            return;
        }
        boolean passes = passes(bridge);
        circuits.forEach((index, circuit) -> {
            Link own = links.get(index);
            if (own != null && own.master() == bridge) {
                tell(circuit, own.up() && passes);
            }
        });
    }

    private void judge(int index) {
        Link own = links.get(index);
        if (own != null) {
            tell(circuits.get(index), own.up() && (own.master() == 0 || passes(own.master())));
        }
    }

    /** Whether a bridge is on, and at least one of its ports has a carrier if it has any besides those of sessions. */
    private boolean passes(int bridge) {
        Link itself = links.get(bridge);
        List<Link> ports = links.values().stream()
                .filter(link -> link.master() == bridge && !circuits.containsKey(link.index())).toList();
        return (itself == null || itself.up()) && (ports.isEmpty() || ports.stream().anyMatch(Link::running));
    }

    private static void tell(Circuit circuit, boolean up) {
        if (circuit.up != up || !circuit.isTold) {
            circuit.isTold = true;
            circuit.up = up;
            circuit.listener.accept(up);
        }
    }
}
