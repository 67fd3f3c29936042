package org.isthmus.dataplane.user;

import org.isthmus.handover.Parcel;
import org.isthmus.handover.fields.Records;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.linux.Descriptor;
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
 * TUN and TAP interfaces that one version of this bundle leaves for the next, with their addresses, routes and queues, by whose they
 * are: of a session, or shared. For the thread of {@link SystemNetwork}.
 */
final class KeptInterfaces {
    static final String KEY = "dataplane-user.interfaces";
    private static final Logger LOG = LoggerFactory.getLogger(KeptInterfaces.class);
    private static final int VERSION = 1;

    private final Map<String, Tun> tuns = new HashMap<>();

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

    /** What the version before this one left; nothing of a parcel that cannot be read. */
    static KeptInterfaces of(Optional<Parcel> parcel) {
        KeptInterfaces kept = new KeptInterfaces();
        parcel.ifPresent(left -> {
            try {
                for (Interface one : Records.read(Interfaces.class, ByteBuffer.wrap(left.state())).all()) {
                    Descriptor descriptor = Descriptor.adopt(left.descriptors().get(one.descriptor()));
                    kept.add(one.owner(), Tun.adopt(descriptor, one.kind(), one.name()));
                }
            } catch (UnreadableException | LinuxException | RuntimeException lost) {
                LOG.error("interfaces of the version before cannot be taken over, and are made anew: {}", lost.getMessage());
            }
        });
        return kept;
    }

    static String shared(String name) {
        return "shared " + name;
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
