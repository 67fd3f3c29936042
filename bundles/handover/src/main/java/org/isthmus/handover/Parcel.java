package org.isthmus.handover;

import java.util.List;
import java.util.Objects;

/**
 * What a bundle leaves for its next version. Only bytes and numbers, so that no class of the old version stays alive.
 *
 * @param version     of the encoding of {@code state}; whoever claims it must know this version or an older one
 * @param state       the snapshot; not copied, so nobody may change it
 * @param descriptors open file descriptors, which stay open while they are parked; whoever claims them owns them
 */
public record Parcel(int version, byte[] state, List<Integer> descriptors) {
    public Parcel {
        Objects.requireNonNull(state, "state");
        descriptors = List.copyOf(descriptors);
    }
}
