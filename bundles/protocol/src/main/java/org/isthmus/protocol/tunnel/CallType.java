package org.isthmus.protocol.tunnel;

/** The four kinds of a call: what this end is to it, and who asked for it. */
public enum CallType {
    /** We are the LAC and asked the LNS to take the call: ICRQ sent, ICRP received, ICCN sent. */
    LAC_INCOMING,
    /** We are the LAC and were asked to place the call: OCRQ received, OCRP sent, OCCN sent. */
    LAC_OUTGOING,
    /** We are the LNS and were asked to take the call: ICRQ received, ICRP sent, ICCN received. */
    LNS_INCOMING,
    /** We are the LNS and asked the LAC to place the call: OCRQ sent, OCRP received, OCCN received. */
    LNS_OUTGOING;

    /** True when this end is the LAC of the call. */
    public boolean isLac() {
        return this == LAC_INCOMING || this == LAC_OUTGOING;
    }

    /** True when this end asked for the call. */
    public boolean isPlacedHere() {
        return this == LAC_INCOMING || this == LNS_OUTGOING;
    }

    /** True for a call that the remote system made, false for one that is made to it. */
    public boolean isIncoming() {
        return this == LAC_INCOMING || this == LNS_INCOMING;
    }
}
