package org.isthmus.core.net;

import org.isthmus.api.config.Encapsulation;

/** Takes what arrives at a worker's ports, on the worker's thread. */
@FunctionalInterface
public interface ArrivalHandler {
    void arrived(Arrival arrival);

    /** A datagram came that is too long to be taken. */
    default void tooLong() {
    }

    /**
     * A packet was too big, perhaps one of another worker's tunnels.
     *
     * @param encapsulation whether it was a UDP datagram
     */
    default void tooBig(Encapsulation encapsulation, TooBig report) {
    }
}
