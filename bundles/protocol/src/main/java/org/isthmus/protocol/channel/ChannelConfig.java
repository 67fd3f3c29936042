package org.isthmus.protocol.channel;

/**
 * The numbers of a reliable channel.
 *
 * @param receiveWindow      messages that we take ahead of their turn, and advertise; 1 to 256
 * @param transmitWindow     cap on the window that the peer advertises; 1 to 256
 * @param queueLimit         messages that may wait or be unacknowledged
 * @param retryTimeoutMillis time to the first retransmission
 * @param maxRetries         retransmissions of one message before the peer counts as unreachable
 * @param ackDelayMillis     how long an acknowledgement waits for a message to ride on
 */
public record ChannelConfig(int receiveWindow, int transmitWindow, int queueLimit, long retryTimeoutMillis,
        int maxRetries, long ackDelayMillis) {

    /** The least cap on the interval that RFC 2661 allows. */
    private static final long LEAST_CAP_MILLIS = 8_000;
    /** Doublings after which any allowed retry timeout has reached its cap. */
    private static final int MAX_DOUBLINGS = 10;

    /** Time to wait after a message was sent for the n-th time, n from 0: doubles up to 8 seconds. */
    long intervalMillis(int retries) {
        long cap = Math.max(LEAST_CAP_MILLIS, retryTimeoutMillis);
        return Math.min(cap, retryTimeoutMillis << Math.min(retries, MAX_DOUBLINGS));
    }

    /** From the first transmission of a message to giving it up: 31 seconds with the defaults of the RFC. */
    public long fullCycleMillis() {
        long sum = 0;
        for (int i = 0; i <= maxRetries; i++) {
            sum += intervalMillis(i);
        }
        return sum;
    }
}
