package org.isthmus.protocol.capture;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * An L2TP datagram with what the analyser wants to know of its way.
 *
 * @param epochMicros when, in microseconds since 1970
 * @param sent        by us; otherwise received
 * @param source      address and port; the port means nothing over IP
 * @param destination the same, of the same address family
 * @param overIp      directly over IP protocol 115 (RFC 3931 section 4.1.1), otherwise over UDP
 * @param payload     from the L2TP header on, between position and limit, which are not moved
 */
public record CapturedDatagram(long epochMicros, boolean sent, InetSocketAddress source, InetSocketAddress destination,
        boolean overIp, ByteBuffer payload) {
}
