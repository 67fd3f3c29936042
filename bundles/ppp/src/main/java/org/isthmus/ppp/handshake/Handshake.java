package org.isthmus.ppp.handshake;

import org.isthmus.ppp.negotiation.ControlPacket;

/** One direction of authentication. */
public interface Handshake {

    /** LCP is open: begin. */
    void start();

    /** A packet of this protocol with a code meant for this side. */
    void receive(ControlPacket packet);

    /** When {@link #expire} wants to be called, {@link Long#MAX_VALUE} for never. */
    long deadline();

    /** The time has come. */
    void expire();
}
