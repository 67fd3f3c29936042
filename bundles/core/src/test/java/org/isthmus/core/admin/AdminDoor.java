package org.isthmus.core.admin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.core.checkpoint.EngineCheckpoint;
import org.isthmus.core.engine.Engine;
import org.isthmus.core.users.LocalUsers;
import org.isthmus.handover.Parcel;
import org.isthmus.handover.fields.Records;
import org.isthmus.handover.fields.UnreadableException;

/** Gives the simulator the admin service that the component registers in the appliance. */
public final class AdminDoor {
    private AdminDoor() {
    }

    /** One version leaves, and the next goes on; what lies between is octets, and read twice it is the same. */
    public static Parcel leave(L2tpAdmin admin) {
        return Leaving.pack((Admin) admin);
    }

    /** The same, of what a process that is gone has left. */
    public static Parcel leave(EngineCheckpoint before, List<Integer> descriptors) {
        return Leaving.pack(before, descriptors);
    }

    public static void prepare(L2tpAdmin admin, Parcel parcel) {
        try {
            EngineCheckpoint before = Leaving.unpack(parcel);
            assertArrayEquals(parcel.state(), Records.write(before));
            ((Admin) admin).prepare(before);
        } catch (UnreadableException broken) {
            throw new AssertionError(broken);
        }
    }

    public static void goOn(L2tpAdmin admin, Parcel parcel) {
        try {
            ((Admin) admin).resume(Leaving.unpack(parcel), parcel.descriptors());
        } catch (UnreadableException broken) {
            throw new AssertionError(broken);
        }
    }

    public static void rewind(L2tpAdmin admin, Parcel theirs) {
        ((Admin) admin).rewind(Leaving.of(theirs));
    }

    public static L2tpAdmin of(Engine engine, LocalUsers users) {
        return new Admin(engine, users, "1.0.0.test");
    }
}
