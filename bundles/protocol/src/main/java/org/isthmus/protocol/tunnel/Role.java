package org.isthmus.protocol.tunnel;

/** What this end may be to the peer. It decides who may place which calls; either may open the tunnel. */
public enum Role {
    /** Asks the peer to take incoming calls, may be asked to place outgoing ones; takes none of the peer's. */
    LAC,
    /** Takes incoming calls of the peer, may ask it to place outgoing ones; is asked for none. */
    LNS,
    /** Both at once. */
    LAC_AND_LNS;

    /** True when this end may send ICRQ and answer OCRQ. */
    public boolean isLac() {
        return this != LNS;
    }

    /** True when this end may answer ICRQ and send OCRQ. */
    public boolean isLns() {
        return this != LAC;
    }
}
