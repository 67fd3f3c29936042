package org.isthmus.handover;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.service.component.annotations.Component;

/** Keeps parcels in memory, from the first moment those with the descriptors that a process before this one has left. */
@Component(immediate = true)
public final class HandoverStore implements Handover {
    private final Map<String, Parcel> parcels = new ConcurrentHashMap<>();

    public HandoverStore() {
        this(Inherited.take());
    }

    HandoverStore(Map<String, Integer> inherited) {
        inherited.forEach((name, number) -> parcels.put(INHERITED + name, new Parcel(1, new byte[0], List.of(number))));
    }

    @Override
    public Optional<Parcel> park(String key, Parcel parcel) {
        if (parcel.state().length > MOST_BYTES) {
            throw new IllegalArgumentException(key + ": " + parcel.state().length + " bytes are too many to park, at most "
                    + MOST_BYTES + " are kept");
        }
        return Optional.ofNullable(parcels.put(key, parcel));
    }

    @Override
    public Optional<Parcel> claim(String key) {
        return Optional.ofNullable(parcels.remove(key));
    }

    @Override
    public Set<String> parked() {
        return new TreeSet<>(parcels.keySet());
    }
}
