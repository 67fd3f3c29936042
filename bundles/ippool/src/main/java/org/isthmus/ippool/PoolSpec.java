package org.isthmus.ippool;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.AddressRange;
import org.isthmus.api.config.PoolParameters;
import org.isthmus.api.config.Settings;

/**
 * What an operator says of a pool.
 *
 * @param settings the values of its block
 */
record PoolSpec(Settings settings) {

    private Intervals ranges() {
        return Intervals.of(settings.find(PoolParameters.RANGES).orElse(List.of()));
    }

    /** The addresses that may be lent: those of the ranges without the reserved ones and the gateway. */
    Intervals lendable() {
        List<AddressRange> kept = new ArrayList<>(settings.find(PoolParameters.RESERVED).orElse(List.of()));
        gateway().map(AddressRange::toNumber).filter(number -> number >= 0)
                .ifPresent(number -> kept.add(new AddressRange(number, number)));
        return ranges().without(Intervals.of(kept));
    }

    /** How many addresses of the ranges are never lent. */
    long reserved() {
        return ranges().size() - lendable().size();
    }

    Optional<InetAddress> gateway() {
        return settings.find(PoolParameters.GATEWAY);
    }

    /** The most that may be out at a time; 0 for any number. */
    int maxAddresses() {
        return settings.get(PoolParameters.MAX_ADDRESSES);
    }

    boolean draining() {
        return settings.get(PoolParameters.DRAIN);
    }
}
