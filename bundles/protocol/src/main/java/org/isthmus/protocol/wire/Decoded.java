package org.isthmus.protocol.wire;

/** What decoding a control message gives: the {@link ControlMessage}, or a {@link Rejection} that says why not. */
public sealed interface Decoded permits ControlMessage, Rejection {
}
