package org.isthmus.ppp.negotiation;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what a protocol thinks of each option of a Configure-Request, and makes one answer of it, RFC 1661
 * sections 5.2 to 5.4: a Reject if any option is rejected, else a Nak if any is not acceptable, else an Ack.
 */
public final class Judgement {
    private final boolean mayNak;
    private final List<Option> naks = new ArrayList<>();
    private final List<Option> rejects = new ArrayList<>();

    /** @param mayNak false when too many Naks were sent: each becomes a Reject (RFC 1661 section 4.6, Max-Failure) */
    public Judgement(boolean mayNak) {
        this.mayNak = mayNak;
    }

    /** The option would be acceptable with the other value. */
    public void nak(Option requested, Option wanted) {
        if (mayNak) {
            naks.add(wanted);
        } else {
            rejects.add(requested);
        }
    }

    /** The option is not known, broken, or not for negotiation. */
    public void reject(Option requested) {
        rejects.add(requested);
    }

    /** {@link ControlPacket#CONFIGURE_ACK}, {@code CONFIGURE_NAK} or {@code CONFIGURE_REJECT}. */
    int code() {
        return !rejects.isEmpty() ? ControlPacket.CONFIGURE_REJECT
                : !naks.isEmpty() ? ControlPacket.CONFIGURE_NAK
                : ControlPacket.CONFIGURE_ACK;
    }

    /** The options of a Nak or Reject. */
    List<Option> options() {
        return rejects.isEmpty() ? naks : rejects;
    }
}
