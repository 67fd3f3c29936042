package org.isthmus.handover;

import java.util.Optional;
import java.util.Set;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A place where a bundle that stops leaves what its next version needs. Any thread may call; nothing blocks.
 *
 * <p>What is parked stays until it is claimed or this bundle stops: it does not outlive the process. What does are
 * descriptors that were given to systemd or to the keeper: the process after this one finds them here ({@link #INHERITED}).
 */
@ProviderType
public interface Handover {

    /** Longest {@link Parcel#state}, in bytes, that is kept. */
    int MOST_BYTES = 256 << 20;

    /**
     * In front of the name of a descriptor that a process before this one gave to systemd, or to the keeper: a parcel of this key has
     * nothing but that descriptor. Whoever claims it and does not go on with it closes it, and has it forgotten where it is kept.
     */
    String INHERITED = "inherited ";

    /**
     * Leaves a parcel. What was parked under the key before is given up; its descriptors are the caller's to close.
     *
     * @param key whose it is, such as {@code core.tunnel-ids}
     * @return what was there before, and was never claimed
     * @throws IllegalArgumentException if the state is longer than {@link #MOST_BYTES}
     */
    Optional<Parcel> park(String key, Parcel parcel);

    /** Takes a parcel away, once. */
    Optional<Parcel> claim(String key);

    /** The keys of what is parked. */
    Set<String> parked();
}
