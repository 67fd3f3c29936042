package org.isthmus.api;

/** The states of a control connection (RFC 2661 section 7.2), and those that a tunnel of ours has around it. */
public enum TunnelState {
    /** Not tried yet: its host name is being resolved or its socket opened. */
    IDLE,
    /** We sent SCCRQ and wait for SCCRP. */
    WAIT_CTL_REPLY,
    /** We sent SCCRP and wait for SCCCN. */
    WAIT_CTL_CONN,
    /** We failed, and ask the peer to go on with the tunnel of before (RFC 4951). */
    RECOVERING,
    /** Up. */
    ESTABLISHED,
    /** StopCCN was sent or received; repetitions are still acknowledged. */
    CLOSING,
    /** Down; a persistent tunnel waits before it is tried again. */
    RETRY,
    /** Down, and stays down. */
    DOWN
}
