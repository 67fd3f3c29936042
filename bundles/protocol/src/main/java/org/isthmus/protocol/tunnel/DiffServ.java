package org.isthmus.protocol.tunnel;

import java.util.OptionalInt;

/**
 * Which differentiated service we want, and so agree to (RFC 3308). When the peer answers with another PHB code than
 * ours, or asks for another, ours is the counter-offer and its answer is taken.
 *
 * @param control PHB code for the packets of the control connection, 0 to 65535; empty to send and answer nothing
 * @param session PHB code for the packets of each session, 0 to 65535; empty to send and answer nothing
 */
public record DiffServ(OptionalInt control, OptionalInt session) {

    private static final int ASSIGNED_CODE = 0x0001;

    /** Nothing is asked for, and the peer's wishes are ignored. */
    public static final DiffServ NONE = new DiffServ(OptionalInt.empty(), OptionalInt.empty());

    /** The PHB code of a DSCP, 0 to 63 (RFC 3140 section 2: the DSCP is left-justified). */
    public static int phbOf(int dscp) {
        return (dscp & 0x3f) << 10;
    }

    /**
     * The DSCP for a PHB code (RFC 3140 section 2): that of the PHB, or of a set of PHBs the smallest one. Empty for a code that
     * was assigned by IANA and stands for no DSCP in particular: packets are then sent as if nothing had been agreed on.
     */
    public static OptionalInt dscpOf(int phb) {
        return (phb & ASSIGNED_CODE) != 0 ? OptionalInt.empty() : OptionalInt.of(phb >> 10 & 0x3f);
    }
}
