package org.isthmus.protocol.channel;

/** When the oldest message is sent again, and when its peer counts as unreachable instead. */
final class RetryTimer {
    static final long NEVER = Long.MAX_VALUE;

    private long due = NEVER;
    private long waitingSince;
    private long patienceMillis;

    long due() {
        return due;
    }

    /** How long at least a message waits before the peer counts as unreachable, beyond all retries. */
    void patience(long millis) {
        patienceMillis = millis;
    }

    /** Waits from now on for the acknowledgement of the oldest message, if one was sent. */
    void restart(ChannelConfig config, SendQueue queue, long nowMillis) {
        waitingSince = nowMillis;
        due = queue.sent() > 0 ? nowMillis + config.intervalMillis(queue.get(0).retries) : NEVER;
    }

    void never() {
        due = NEVER;
    }

    /** A probe was lost: the message goes out in its usual size, as if for the first time. */
    void probeLost(ChannelConfig config, long nowMillis) {
        due = nowMillis + config.intervalMillis(0);
    }

    /** Whether a message that was sent again so often is given up. */
    boolean isExhausted(ChannelConfig config, int retries, long nowMillis) {
        return retries >= config.maxRetries() && nowMillis >= waitingSince + patienceMillis;
    }

    /** A message that was sent again so often is once more. */
    void again(ChannelConfig config, int retries, long nowMillis) {
        long next = nowMillis + config.intervalMillis(retries + 1);
        due = retries >= config.maxRetries() ? Math.min(next, waitingSince + patienceMillis) : next;
    }

    long checkpointDue(long nowMillis) {
        return ChannelCheckpoint.in(due, nowMillis);
    }

    long checkpointWaitingSince(long nowMillis) {
        return waitingSince - nowMillis;
    }

    /** @param isWaiting whether there is a message that was sent */
    void resume(ChannelCheckpoint before, boolean isWaiting, long nowMillis) {
        due = isWaiting ? ChannelCheckpoint.at(before.retryInMillis(), nowMillis) : NEVER;
        waitingSince = nowMillis + before.waitingSinceMillis();
    }
}
