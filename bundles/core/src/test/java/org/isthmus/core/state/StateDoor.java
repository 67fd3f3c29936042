package org.isthmus.core.state;

import org.isthmus.handover.fields.UnreadableException;

/** Lets the simulator write and read what a disk would have. */
public final class StateDoor {
    private StateDoor() {
    }

    public static byte[] write(SavedTunnel tunnel) {
        return StateFile.write(tunnel);
    }

    public static SavedTunnel read(byte[] octets) {
        try {
            return StateFile.read(octets);
        } catch (UnreadableException broken) {
            throw new AssertionError(broken);
        }
    }
}
