package org.isthmus.core.admin;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import org.isthmus.core.checkpoint.EngineCheckpoint;
import org.isthmus.core.checkpoint.ParkedDescriptors;
import org.isthmus.handover.Parcel;
import org.isthmus.handover.fields.Records;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.linux.Descriptor;

/**
 * What one version of the engine leaves for the next when it is replaced, and not stopped: an {@link EngineCheckpoint} and the
 * descriptors of its ports.
 */
final class Leaving {
    static final String KEY = "core.engine";
    /** Changes only when versions that know another one could not read the record at all; fields come and go without. */
    private static final int VERSION = 1;
    /** Parked beside it when another version had gone on from it for a while, and is no more: what that one left, or nothing. */
    static final String REWOUND = "core.engine.rewound";

    private Leaving() {
    }

    /**
     * Stops the engine without a word to anybody.
     *
     * @throws IllegalStateException if not all of it can be left: then nothing is
     */
    static Parcel pack(Admin admin) {
        ParkedDescriptors descriptors = new ParkedDescriptors();
        try {
            byte[] state = Records.write(admin.park(descriptors));
            return new Parcel(VERSION, state, descriptors.numbers());
        } catch (RuntimeException unfit) {
            descriptors.numbers().forEach(number -> Descriptor.owning(number).close());
            throw unfit;
        }
    }

    /** What {@link #REWOUND} has in it; empty where that cannot be read, since it is the work of a faulty version. */
    static Optional<EngineCheckpoint> of(Parcel rewound) {
        try {
            return rewound.state().length == 0 ? Optional.empty() : Optional.of(unpack(rewound));
        } catch (UnreadableException | RuntimeException faulty) {
            return Optional.empty();
        }
    }

    /** What a process before this one was, as if this one's version before had left it. */
    static Parcel pack(EngineCheckpoint before, List<Integer> descriptors) {
        return new Parcel(VERSION, Records.write(before), descriptors);
    }

    static EngineCheckpoint unpack(Parcel parcel) throws UnreadableException {
        if (parcel.version() != VERSION) {
            throw new UnreadableException("it is of version " + parcel.version() + ", and " + VERSION + " is known here");
        }
        return Records.read(EngineCheckpoint.class, ByteBuffer.wrap(parcel.state()));
    }
}
