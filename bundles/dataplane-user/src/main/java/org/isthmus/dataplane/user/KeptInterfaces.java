package org.isthmus.dataplane.user;

import org.isthmus.handover.Handover;
import org.isthmus.handover.Parcel;
import org.isthmus.handover.fields.Records;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.DescriptorStore;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.Tun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TUN and TAP interfaces that one version of this bundle leaves for the next, or a process that is gone for the one after it, with their
 * addresses, routes and queues, by whose they are: of a session, or shared. For the thread of {@link SystemNetwork}.
 */
final class KeptInterfaces {
    static final String KEY = "dataplane-user.interfaces";
    private static final Logger LOG = LoggerFactory.getLogger(KeptInterfaces.class);
    private static final int VERSION = 1;

    /** In front of the names under which the descriptors are kept. */
    private static final String PREFIX = "user.";
    private static final String SHARED = "shared ";
    private static final String SEPARATOR = ",";

    private final Map<String, Tun> tuns = new HashMap<>();
    /** Who keeps them in case this process is killed, if somebody does. */
    private final Optional<DescriptorStore> store;

    KeptInterfaces(Optional<DescriptorStore> store) {
        this.store = store;
    }

    /**
     * An interface.
     *
     * @param owner      whose it is
     * @param kind       TUN or TAP
     * @param name       its name
     * @param descriptor its place among the parcel's descriptors
     */
    record Interface(String owner, Tun.Kind kind, String name, int descriptor) {
    }

    record Interfaces(List<Interface> all) {
    }

    /** What the version before this one left, or the process before this one; nothing of a parcel that cannot be read. */
    static KeptInterfaces claim(Handover handover, Optional<DescriptorStore> store) {
        KeptInterfaces kept = new KeptInterfaces(store);
        handover.claim(KEY).ifPresent(left -> {
            try {
                for (Interface one : Records.read(Interfaces.class, ByteBuffer.wrap(left.state())).all()) {
                    Descriptor descriptor = Descriptor.adopt(left.descriptors().get(one.descriptor()));
                    Tun tun = Tun.adopt(descriptor, one.kind(), one.name());
                    kept.lasting(one.owner(), tun);
                    kept.add(one.owner(), tun);
                }
            } catch (UnreadableException | LinuxException | RuntimeException lost) {
                LOG.error("interfaces of the version before cannot be taken over, and are made anew: {}", lost.getMessage());
            }
        });
        handover.parked().stream().filter(key -> key.startsWith(Handover.INHERITED + PREFIX)).forEach(key -> handover.claim(key)
                .ifPresent(left -> kept.inherit(key.substring(Handover.INHERITED.length()), left.descriptors().get(0))));
        return kept;
    }

    private void inherit(String name, int number) {
        try {
            Tun tun = Tun.adopt(Descriptor.adopt(number));
            String owner = owner(name);
            lasting(owner, tun);
            add(owner, tun);
        } catch (LinuxException lost) {
            LOG.error("an interface of the process before this one cannot be taken over, and is made anew: {}", lost.getMessage());
        }
    }

    /** Has an interface kept in case this process is killed. */
    void lasting(String owner, Tun tun) {
        store.ifPresent(keeper -> {
            try {
                tun.descriptor().keep(keeper, name(owner));
            } catch (LinuxException refused) {
                LOG.error("the interface {} is not kept: {}; if this process is killed now, it goes", tun.name(), refused.getMessage());
            }
        });
    }

    private static String name(String owner) {
        return PREFIX + owner.replace(" ", SEPARATOR);
    }

    private static String owner(String name) {
        String owner = name.substring(PREFIX.length());
        return owner.startsWith(SHARED.trim()) ? owner.replaceFirst(SEPARATOR, " ") : owner.replace(SEPARATOR, " ");
    }

    static String shared(String name) {
        return SHARED + name;
    }

    static String of(UserSession session) {
        return "session " + session.tunnel.spec().version() + ' ' + session.tunnel.spec().tunnelId() + ' ' + session.spec().sessionId();
    }

    void add(String owner, Tun tun) {
        tuns.put(owner, tun);
    }

    /** The interface that was somebody's, which is the caller's then. */
    Optional<Tun> take(String owner) {
        return Optional.ofNullable(tuns.remove(owner));
    }

    /** Leaves them for the next version. */
    Parcel pack() {
        List<Interface> all = new ArrayList<>();
        List<Integer> descriptors = new ArrayList<>();
        tuns.forEach((owner, tun) -> {
            all.add(new Interface(owner, tun.kind(), tun.name(), descriptors.size()));
            descriptors.add(tun.descriptor().release());
        });
        tuns.clear();
        return new Parcel(VERSION, Records.write(new Interfaces(all)), descriptors);
    }

    /** Whose session has not come again never will: the system forgets the interface. */
    void closeAll() {
        tuns.forEach((owner, tun) -> {
            LOG.warn("the interface {} is closed: nobody has come for it", tun.name());
            tun.close();
        });
        tuns.clear();
    }
}
