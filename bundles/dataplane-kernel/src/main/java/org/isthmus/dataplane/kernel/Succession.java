package org.isthmus.dataplane.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.isthmus.handover.Handover;
import org.isthmus.handover.Parcel;
import org.isthmus.handover.fields.Records;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.linux.Descriptor;

/**
 * What this version of the data plane leaves for the next one in the same process: the descriptors of the sessions that wait for an engine,
 * by the names that {@link LeftBehind} knows them by. What hangs on them stays in the kernel. On the system's thread.
 */
final class Succession {
    static final String KEY = "dataplane-kernel.left";
    private static final int VERSION = 1;

    private final List<String> names = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();

    /**
     * Which descriptor is which.
     *
     * @param names in the order of the parcel's descriptors
     */
    record Names(List<String> names) {
    }

    void add(String name, Descriptor descriptor) {
        names.add(name);
        numbers.add(descriptor.release());
    }

    void park(Handover handover) {
        handover.park(KEY, new Parcel(VERSION, Records.write(new Names(names)), numbers));
    }

    /** The names in a parcel. */
    static List<String> names(Parcel parcel) throws UnreadableException {
        if (parcel.version() != VERSION) {
            throw new UnreadableException("it is of version " + parcel.version() + ", and " + VERSION + " is known here");
        }
        return Records.read(Names.class, ByteBuffer.wrap(parcel.state())).names();
    }
}
