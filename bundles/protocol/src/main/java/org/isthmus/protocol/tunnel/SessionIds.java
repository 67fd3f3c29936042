package org.isthmus.protocol.tunnel;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Lends local session identifiers. A tunnel of version 2 has a lender of its own, since its sessions are known by tunnel
 * and session; packets of version 3 carry a session identifier alone, so all tunnels of a system share one that is given
 * by {@link TunnelConfigBuilder#sessionIds}. Used on the tunnel's thread.
 */
@ConsumerType
public interface SessionIds {

    /** An identifier that cannot be guessed, or 0 when all are lent. Unsigned. */
    int lend(long nowMillis);

    /** An identifier that is not lent, without lending it; 0 when all are. */
    int free(long nowMillis);

    /** Takes this very identifier; false when it is not to be had. */
    boolean take(int id, long nowMillis);

    /** Gives an identifier back. */
    void giveBack(int id, long nowMillis);
}
