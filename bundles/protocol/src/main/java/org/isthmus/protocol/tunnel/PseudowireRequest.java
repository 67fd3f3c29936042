package org.isthmus.protocol.tunnel;

import java.util.OptionalLong;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.PseudowireType;

/**
 * Which pseudowire a session of version 3 is.
 *
 * @param type        what it carries
 * @param remoteEndId the circuit that it belongs to, as who asked for it named it; empty when not named
 * @param tieBreaker  the Session Tie Breaker of who asked for it, to be compared unsigned
 * @param circuit     what the peer said of its own circuit last
 */
public record PseudowireRequest(PseudowireType type, String remoteEndId, OptionalLong tieBreaker,
        CircuitStatus circuit) {
}
