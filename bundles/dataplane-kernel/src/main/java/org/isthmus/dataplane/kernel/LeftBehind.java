package org.isthmus.dataplane.kernel;

import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.handover.Handover;
import org.isthmus.handover.Parcel;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.DescriptorStore;
import org.isthmus.linux.LinuxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the kernel has still of a process before this one, or in this process of a version of this bundle before this one, since its
 * descriptors were kept: tunnels of sockets that the engine goes on with, sessions, and PPP's interfaces. And who keeps those of this process. Any thread.
 */
final class LeftBehind {

    private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);
    private static final String PREFIX = "kernel.";
    private static final String SOCKET = PREFIX + "s.";
    private static final String UNIT = PREFIX + "u.";
    private static final long NANOS = 1_000_000;

    private final Optional<DescriptorStore> store;
    private final Map<String, Descriptor> descriptors = new HashMap<>();
    private final boolean isLeft;
    private final long began = System.nanoTime();

    /** A PPP unit and the name of its interface. */
    record Unit(Descriptor descriptor, String name) {
    }

    private LeftBehind(Optional<DescriptorStore> store, boolean isLeft) {
        this.store = store;
        this.isLeft = isLeft;
    }

    /** Takes what there is. */
    static LeftBehind claim(Handover handover, Optional<DescriptorStore> store) {
        Optional<Parcel> version = handover.claim(Succession.KEY);
        boolean ofProcess = handover.parked().stream().anyMatch(key -> key.startsWith(Handover.INHERITED));
        LeftBehind left = new LeftBehind(store, ofProcess || version.isPresent());
        handover.parked().stream().filter(key -> key.startsWith(Handover.INHERITED + PREFIX)).forEach(key -> handover.claim(key)
                .ifPresent(parcel -> left.add(key.substring(Handover.INHERITED.length()), parcel.descriptors().get(0))));
        version.ifPresent(left::addAll);
        return left;
    }

    private void addAll(Parcel parcel) {
        List<String> names;
        try {
            names = Succession.names(parcel);
        } catch (UnreadableException unknown) {
            LOG.error("what the version before this one had in the kernel is made anew: {}", unknown.getMessage());
            names = List.of();
        }
        for (int i = 0; i < parcel.descriptors().size(); i++) {
            if (i < names.size()) {
                add(names.get(i), parcel.descriptors().get(i));
            } else {
                Descriptor.owning(parcel.descriptors().get(i)).close();
            }
        }
    }

    private void add(String name, int number) {
        try {
            Descriptor descriptor = Descriptor.adopt(number);
            keep(name, descriptor);
            descriptors.put(name, descriptor);
        } catch (LinuxException lost) {
            LOG.error("{} of the process before this one cannot be taken over, and is made anew: {}", name, lost.getMessage());
        }
    }

    private void keep(String name, Descriptor descriptor) {
        store.ifPresent(keeper -> {
            try {
                descriptor.keep(keeper, name);
            } catch (LinuxException refused) {
                LOG.error("{} is not kept: {}; if this process is killed now, the session is lost", name, refused.getMessage());
            }
        });
    }

    /** Whether a tunnel or session that the kernel has already may be one of the process before this one. */
    boolean mayHave() {
        return isLeft && System.nanoTime() - began < TunnelPath.PARKED_MILLIS * NANOS;
    }

    private static String of(L2tpSession session) {
        return Integer.toUnsignedString(session.tunnelId()) + '.' + Integer.toUnsignedString(session.sessionId());
    }

    /** Leaves the socket to the next version in this process. */
    void leaveSocket(L2tpSession session, Descriptor socket, Succession succession) {
        succession.add(SOCKET + of(session), socket);
    }

    /** Leaves the unit to it. */
    void leaveUnit(L2tpSession session, Descriptor unit, String name, Succession succession) {
        succession.add(UNIT + of(session) + '.' + name, unit);
    }

    void keepSocket(L2tpSession session, Descriptor socket) {
        keep(SOCKET + of(session), socket);
    }

    void keepUnit(L2tpSession session, Descriptor unit, String name) {
        keep(UNIT + of(session) + '.' + name, unit);
    }

    /** The PPPoL2TP socket of a session, which is the caller's then. */
    synchronized Optional<Descriptor> takeSocket(L2tpSession session) {
        return Optional.ofNullable(descriptors.remove(SOCKET + of(session)));
    }

    /** Its unit. */
    synchronized Optional<Unit> takeUnit(L2tpSession session) {
        String prefix = UNIT + of(session) + '.';
        for (Iterator<Map.Entry<String, Descriptor>> all = descriptors.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Descriptor> left = all.next();
            if (left.getKey().startsWith(prefix)) {
                all.remove();
                return Optional.of(new Unit(left.getValue(), left.getKey().substring(prefix.length())));
            }
        }
        return Optional.empty();
    }

    /** Closes what nobody has come for. */
    synchronized void closeRest() {
        descriptors.forEach((name, descriptor) -> {
            LOG.warn("{} of the process before this one is closed: nobody has come for it", name);
            descriptor.close();
        });
        descriptors.clear();
    }

    void close() {
        closeRest();
        store.ifPresent(DescriptorStore::close);
    }
}
