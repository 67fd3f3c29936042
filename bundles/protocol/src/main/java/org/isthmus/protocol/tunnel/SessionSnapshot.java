package org.isthmus.protocol.tunnel;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What of an established session has to outlive its process: part of what {@link Tunnel#recover} takes.
 *
 * @param localId    our session identifier, unsigned
 * @param remoteId   the peer's, unsigned
 * @param type       what this end is to the call
 * @param call       what the ICRQ or OCRQ said
 * @param connected  what the ICCN or OCCN said, with later speeds
 * @param phb        the PHB code that both ends agreed on
 * @param pseudowire in version 3 what both ends agreed on; empty in version 2
 */
public record SessionSnapshot(int localId, int remoteId, CallType type, CallRequest call, ConnectedCall connected,
        OptionalInt phb, Optional<PseudowireSnapshot> pseudowire) {
}
