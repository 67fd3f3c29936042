package org.isthmus.core.admission;

/** Whether a request for a tunnel is looked at. */
public enum Admission {
    /** It is. */
    ADMITTED,
    /** Its source has sent too many. */
    LIMITED_SOURCE,
    /** Unknown peers together have sent too many. */
    LIMITED_GLOBAL,
    /** Its peer profile allows fewer. */
    LIMITED_PEER
}
