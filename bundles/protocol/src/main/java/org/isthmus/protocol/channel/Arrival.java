package org.isthmus.protocol.channel;

/** What the sequence numbers of a control message say about it. */
public enum Arrival {
    /** A bare acknowledgement. */
    ACKNOWLEDGEMENT,
    /** Not seen before, and within our window. */
    NEW,
    /** It came before; has to be acknowledged again. */
    DUPLICATE,
    /** Ns lies beyond our window: not from this peer, or from a peer that ignores the window. */
    NS_OUT_OF_WINDOW,
    /** Nr acknowledges what was never sent, or lies too far back: not from this peer. */
    NR_OUT_OF_WINDOW
}
