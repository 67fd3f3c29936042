package org.isthmus.upgrade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.handover.Handover;
import org.isthmus.handover.Parcel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of what the versions of before have left, with descriptors of their own, until it is sure that the new versions do as well:
 * whatever those do with what they took, it is still here.
 */
final class KeptParcels {
    private static final Logger LOG = LoggerFactory.getLogger(KeptParcels.class);
    /** What the engine takes for the word that another one had gone on from the same parcel meanwhile, with what that has left. */
    private static final String ENGINE = "core.engine";
    private static final String REWOUND = "core.engine.rewound";

    private final Handover handover;
    private final Descriptors calls;
    private final Map<String, Parcel> kept = new LinkedHashMap<>();

    private KeptParcels(Handover handover, Descriptors calls) {
        this.handover = handover;
        this.calls = calls;
    }

    /** Of all that lies with {@code handover} now. */
    static KeptParcels of(Handover handover, Descriptors calls) {
        KeptParcels copies = new KeptParcels(handover, calls);
        for (String key : handover.parked()) {
            Optional<Parcel> parcel = handover.claim(key);
            parcel.ifPresent(found -> handover.park(key, found));
            parcel.ifPresent(found -> copies.keep(key, found));
        }
        return copies;
    }

    private void keep(String key, Parcel parcel) {
        List<Integer> copies = new ArrayList<>();
        try {
            for (int number : parcel.descriptors()) {
                copies.add(calls.duplicate(number));
            }
            kept.put(key, new Parcel(parcel.version(), parcel.state(), copies));
        } catch (ReflectiveOperationException refused) {
            LOG.warn("{} cannot be kept for a return to the version before: {}", key, refused.getMessage());
            close(copies);
        }
    }

    /** The versions of before go on from here, and not from what the new ones have left; what those have left is closed. */
    void rewind() {
        Map.copyOf(kept).forEach((key, parcel) -> {
            Optional<Parcel> newer = handover.park(key, parcel);
            newer.ifPresent(left -> close(left.descriptors()));
            kept.remove(key);
            if (key.equals(ENGINE)) {
                handover.park(REWOUND, new Parcel(parcel.version(), newer.map(Parcel::state).orElse(new byte[0]), List.of()));
            }
        });
    }

    /** The versions of before go on from what the new ones have left; where those have left nothing, from here. */
    void fillIn() {
        for (String key : handover.parked()) {
            Optional.ofNullable(kept.remove(key)).ifPresent(parcel -> close(parcel.descriptors()));
        }
        rewind();
    }

    /** They are not needed any more. */
    void close() {
        kept.values().forEach(parcel -> close(parcel.descriptors()));
        kept.clear();
    }

    private void close(List<Integer> numbers) {
        for (int number : numbers) {
            try {
                calls.close(number);
            } catch (ReflectiveOperationException refused) {
                LOG.warn("descriptor {} is not closed: {}", number, refused.getMessage());
            }
        }
    }
}
