package org.isthmus.ppp.negotiation;

import java.util.random.RandomGenerator;
import org.isthmus.ppp.PppCounter;

/** What every protocol of a link stands on. */
public interface Line {

    /** The time of the call that is running, milliseconds. */
    long now();

    /** Where magic numbers, challenges and identifiers come from. */
    RandomGenerator random();

    /** Sends one packet of a protocol: code, identifier, length, data. */
    void send(int protocol, byte[] packet);

    /** The largest information field that the peer takes, octets. */
    int peerMru();

    /** Adds one. */
    void count(PppCounter counter);
}
