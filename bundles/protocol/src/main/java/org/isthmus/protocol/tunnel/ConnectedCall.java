package org.isthmus.protocol.tunnel;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.isthmus.protocol.wire.AvpType;

/**
 * What an ICCN or OCCN says about a call (RFC 2661 sections 6.8 and 6.11); also what a LAC has it say.
 *
 * @param txConnectSpeed     bits per second from the LAC to the remote system, unsigned 32 bits; 0 when the peer
 *                           did not say. Sent as given: some peers refuse 0
 * @param rxConnectSpeed     bits per second from the remote system to the LAC; equal to txConnectSpeed when the
 *                           line is symmetric or the peer did not say
 * @param framingType        bit 0 synchronous, bit 1 asynchronous; 0 when the peer did not say
 * @param sequencingRequired true when data messages must always carry sequence numbers
 * @param privateGroupId     the customer group of the call, empty when none
 * @param proxy              the values of the proxy LCP and proxy authentication AVPs (attributes 26 to 33) and of
 *                           LCP Want and Allow Options (49 and 50, RFC 3437), as they came; empty when none. An
 *                           OCCN has only the latter
 */
public record ConnectedCall(long txConnectSpeed, long rxConnectSpeed, int framingType, boolean sequencingRequired,
        String privateGroupId, Map<AvpType, byte[]> proxy) {

    /** Copies the map, in the order of the attributes. */
    public ConnectedCall {
        Map<AvpType, byte[]> ordered = new EnumMap<>(AvpType.class);
        ordered.putAll(proxy);
        proxy = Collections.unmodifiableMap(ordered);
    }

    /** The same call with other speeds. */
    ConnectedCall withSpeeds(long tx, long rx) {
        return new ConnectedCall(tx, rx, framingType, sequencingRequired, privateGroupId, proxy);
    }

    /** The same call with another framing. */
    ConnectedCall withFraming(int framing) {
        return new ConnectedCall(txConnectSpeed, rxConnectSpeed, framing, sequencingRequired, privateGroupId, proxy);
    }

    /** A symmetric call with synchronous framing and nothing else to say. */
    public static ConnectedCall ofSpeed(long bitsPerSecond) {
        return new ConnectedCall(bitsPerSecond, bitsPerSecond, 1, false, "", Map.of());
    }
}
