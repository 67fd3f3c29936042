package org.isthmus.protocol.channel;

import java.nio.ByteBuffer;

/**
 * What a channel wants done. Called from within calls of the channel, which may be called back.
 *
 * @param <M> what is delivered
 */
public interface ChannelListener<M> {

    /** What goes out. */
    enum Sending {
        /** A message, for the first time. */
        FIRST,
        /** A message, for the first time, as a probe of the path: to be sent in one piece or not at all. */
        PROBE,
        /** A message, again. */
        AGAIN,
        /** A ZLB. */
        ZLB
    }

    /** Send this; valid until the method returns. */
    void transmit(ByteBuffer datagram, Sending sending);

    /** The next message in order. */
    void deliver(M message);

    /** This message was not acknowledged after all retries. The channel has stopped. */
    void unreachable(String name);
}
