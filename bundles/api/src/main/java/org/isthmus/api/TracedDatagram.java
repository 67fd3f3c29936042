package org.isthmus.api;

import java.net.InetSocketAddress;
import java.time.Instant;

import org.isthmus.api.config.Encapsulation;

/**
 * A datagram of a tunnel that is traced.
 *
 * @param when          it was received, or given to the system to be sent
 * @param sent          by us; otherwise received
 * @param control       a control message; otherwise data
 * @param encapsulation what it travels in
 * @param source        address and port, port 0 over IP; ours may be a wildcard where the system chooses it
 * @param destination   the same
 * @param payload       from the L2TP header on: a control message over IP without the four octets of zero in front of it,
 *                      data over IP from the session identifier on. Belongs to the reader.
 */
public record TracedDatagram(Instant when, boolean sent, boolean control, Encapsulation encapsulation,
        InetSocketAddress source, InetSocketAddress destination, byte[] payload) {
}
