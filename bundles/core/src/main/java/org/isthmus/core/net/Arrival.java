package org.isthmus.core.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import org.isthmus.api.config.Encapsulation;

/** A datagram that has come. Valid only during the call that hands it over; reading it allocates nothing unless said. */
public interface Arrival {

    /** The datagram, from position to limit of a direct buffer: what follows the header of UDP, or over IP that of IP. */
    ByteBuffer packet();

    /** The port that it came to. */
    Port port();

    default Encapsulation encapsulation() {
        return port().encapsulation();
    }

    /** The upper 64 bits of the source address; 0 for IPv4. */
    long sourceHigh();

    /** The lower 64 bits of the source address; an IPv4 address in the lowest 32. */
    long sourceLow();

    /** The source port; 0 over IP. */
    int sourcePort();

    /** The source as an object, which is made anew at each call. */
    InetSocketAddress source();

    /** Our address that it was sent to, made anew at each call; the wildcard if the system did not tell. */
    InetAddress destination();
}
