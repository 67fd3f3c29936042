package org.isthmus.api.dataplane;

import org.isthmus.api.config.DataSequencing;

/**
 * How a session uses sequence numbers: 16 bits in L2TPv2 (RFC 2661 5.4), 24 bits in L2TPv3 (RFC 3931 4.6.1).
 *
 * @param send                 which packets we number
 * @param required             whether packets from the peer that {@code send} means and that have no number are dropped
 * @param reorderTimeoutMillis how long a packet that came early waits for those before it; 0 passes every packet on as it
 *                             comes, so that those behind it are dropped
 * @param first                the number of the first packet that we number: 0, or where another path of the session
 *                             stopped
 */
public record Sequencing(DataSequencing send, boolean required, int reorderTimeoutMillis, int first) {
    /** No numbers. */
    public static final Sequencing NONE = new Sequencing(DataSequencing.NONE, false, 0);

    /** From the first number on. */
    public Sequencing(DataSequencing send, boolean required, int reorderTimeoutMillis) {
        this(send, required, reorderTimeoutMillis, 0);
    }
}
