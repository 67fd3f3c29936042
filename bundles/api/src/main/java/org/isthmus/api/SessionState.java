package org.isthmus.api;

/** The states of a call (RFC 2661 sections 7.4 and 7.5), and those that a session of ours has around it. */
public enum SessionState {
    /** Nothing was sent yet. */
    IDLE,
    /** Waits for its tunnel to come up. */
    WAIT_TUNNEL,
    /** We sent ICRQ or OCRQ and wait for the reply. */
    WAIT_REPLY,
    /** We replied and wait for ICCN or OCCN. */
    WAIT_CONNECT,
    /** The call is up; PPP may still be talking. */
    ESTABLISHED,
    /** Down; a session of a persistent tunnel waits before it is tried again. */
    RETRY,
    /** Down, and stays down. */
    DOWN
}
