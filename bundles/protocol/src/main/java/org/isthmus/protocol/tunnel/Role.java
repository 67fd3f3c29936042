package org.isthmus.protocol.tunnel;

/** What this end may be to the peer. It decides who may place which calls; either may open the tunnel. */
public enum Role {
    /** Places incoming calls towards the peer; refuses those of the peer. */
    LAC,
    /** Answers incoming calls of the peer; places none. */
    LNS,
    /** Both at once. */
    LAC_AND_LNS;

    /** True when this end may send ICRQ. */
    public boolean isLac() {
        return this != LNS;
    }

    /** True when this end may answer ICRQ. */
    public boolean isLns() {
        return this != LAC;
    }
}
