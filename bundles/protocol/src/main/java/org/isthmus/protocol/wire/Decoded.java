package org.isthmus.protocol.wire;

import java.util.Optional;

/** What decoding a control message gives: the {@link ControlMessage}, or a {@link Rejection} that says why not. */
public sealed interface Decoded permits ControlMessage, Rejection {

    /** The message, or what could be read of one that is rejected; empty when nothing of it counts. */
    Optional<ControlMessage> readable();
}
