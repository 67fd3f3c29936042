package org.isthmus.protocol.tunnel;

/** States of a control connection (RFC 2661 section 7.2), and of its end. */
public enum TunnelState {
    /** We sent SCCRQ; waiting for the peer's SCCRP. */
    WAIT_CTL_REPLY,
    /** We answered an SCCRQ with SCCRP; waiting for the SCCCN, which also shows that the peer is reachable. */
    WAIT_CTL_CONN,
    /** Of before our failure: waiting for the peer to recognise us ({@link Tunnel#recover}, RFC 4951). */
    RECOVERING,
    /** The tunnel is up; waiting for calls, keepalives and the end. */
    ESTABLISHED,
    /** We sent StopCCN; waiting for its acknowledgement. */
    CLOSING,
    /** The tunnel is over; duplicates are acknowledged until a full retransmission cycle has passed. */
    LINGERING,
    /** Nothing is waited for: forget this object. */
    FINISHED;

    /** True while the tunnel is being set up, brought back, or is up. */
    public boolean isOpen() {
        return this == WAIT_CTL_REPLY || this == WAIT_CTL_CONN || this == RECOVERING || this == ESTABLISHED;
    }
}
