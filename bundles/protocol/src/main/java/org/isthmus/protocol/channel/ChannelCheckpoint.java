package org.isthmus.protocol.channel;

import java.util.List;

/**
 * A reliable channel at one moment, so that another object can go on with it. Messages that came ahead of their turn are left out:
 * they are not acknowledged, so the peer sends them again. Times are relative to that moment, Long.MAX_VALUE for never.
 *
 * @param una                 Ns of the first message in the queue
 * @param nr                  Ns expected next
 * @param queue               messages that are not acknowledged, sent or waiting
 * @param sent                how many of them, from the first, were sent at least once
 * @param flight              how many of them count as being on their way
 * @param behind              how far back the Nr of a delayed message may lie
 * @param window              how many messages may be on their way
 * @param active              whether it sends by itself
 * @param retryInMillis       when the first message is sent again
 * @param waitingSinceMillis  when it was sent, 0 or less
 * @param acknowledgement     what is to be acknowledged
 */
public record ChannelCheckpoint(int una, int nr, List<Message> queue, int sent, int flight, int behind, Window window,
        boolean active, long retryInMillis, long waitingSinceMillis, AckCheckpoint acknowledgement) {
    private static final long NEVER = Long.MAX_VALUE;

    /**
     * A message that is not acknowledged.
     *
     * @param datagram all of it
     * @param name     what it is, for an operator
     * @param retries  how often its timer sent it again
     * @param tag      what follows when it is acknowledged, as the owner of the channel knows it
     */
    public record Message(byte[] datagram, String name, int retries, long tag) {
    }

    /**
     * How many messages may be on their way.
     *
     * @param peer       what the peer takes
     * @param congestion the congestion window
     * @param threshold  where slow start ends
     * @param credit     acknowledgements since the congestion window grew last
     */
    public record Window(int peer, int congestion, int threshold, int credit) {
    }

    /** A time as it is kept. */
    public static long in(long atMillis, long nowMillis) {
        return atMillis == NEVER ? NEVER : atMillis - nowMillis;
    }

    /** A time that was kept, on the clock of now. */
    public static long at(long inMillis, long nowMillis) {
        return inMillis == NEVER ? NEVER : nowMillis + inMillis;
    }
}
