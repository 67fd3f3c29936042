package org.isthmus.protocol.tunnel;

import java.util.Optional;
import org.isthmus.protocol.wire.FailoverCapability;

/**
 * What of an established tunnel has to outlive its process, so that {@link Tunnel#recover} can get it back. Sequence
 * numbers and nonces do not: a recovery agrees on new ones.
 *
 * @param localId    our tunnel identifier, unsigned
 * @param peer       what the peer said about itself, its tunnel identifier and its version among it
 * @param capability what we told the peer that we can get back; empty when nothing was told
 */
public record TunnelSnapshot(int localId, PeerFacts peer, Optional<FailoverCapability> capability) {

    /** Whether both ends said that they can recover the control connection: otherwise nothing can be done. */
    public boolean recoverable() {
        return isRecoverable(capability, peer.failover());
    }

    static boolean isRecoverable(Optional<FailoverCapability> ours, Optional<FailoverCapability> theirs) {
        return ours.filter(FailoverCapability::control).isPresent() && theirs.filter(FailoverCapability::control).isPresent();
    }
}
