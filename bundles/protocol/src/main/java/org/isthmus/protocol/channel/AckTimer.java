package org.isthmus.protocol.channel;

/** When what was received has to be acknowledged by a message of its own, if none comes by on which that can ride. */
final class AckTimer {
    static final long NEVER = Long.MAX_VALUE;
    /** Duplicates are answered at most once in this time. */
    private static final long DUPLICATE_ACK_MILLIS = 100;

    private long due = NEVER;
    private boolean answersDuplicate;
    private long duplicateAckedAt;
    private boolean duplicateAcked;
    /** Messages received since an acknowledgement was sent. */
    private int unacknowledged;

    long due() {
        return due;
    }

    void never() {
        due = NEVER;
    }

    void arrived(ChannelConfig config, long nowMillis) {
        unacknowledged++;
        // Half a window waits for our word: a peer whose window is full could not go on.
        boolean urgent = 2 * unacknowledged >= config.receiveWindow();
        due = Math.min(due, urgent ? nowMillis : nowMillis + config.ackDelayMillis());
    }

    /** A duplicate came: it is acknowledged again, but not more often than every 100 milliseconds. */
    void duplicate(ChannelConfig config, long nowMillis) {
        long earliest = duplicateAcked ? duplicateAckedAt + DUPLICATE_ACK_MILLIS : nowMillis;
        answersDuplicate = true;
        due = Math.min(due, Math.max(earliest, nowMillis + config.ackDelayMillis()));
    }

    /** A message that only acknowledges is about to leave. */
    void expired(long nowMillis) {
        if (answersDuplicate) {
            duplicateAckedAt = nowMillis;
            duplicateAcked = true;
        }
    }

    /** A message has left, and every message acknowledges. */
    void sent() {
        due = NEVER;
        answersDuplicate = false;
        unacknowledged = 0;
    }

    AckCheckpoint checkpoint(long nowMillis) {
        return new AckCheckpoint(ChannelCheckpoint.in(due, nowMillis), answersDuplicate, duplicateAcked,
                duplicateAcked ? nowMillis - duplicateAckedAt : 0, unacknowledged);
    }

    void resume(AckCheckpoint before, long nowMillis) {
        due = ChannelCheckpoint.at(before.dueInMillis(), nowMillis);
        answersDuplicate = before.answersDuplicate();
        duplicateAcked = before.duplicateAcked();
        duplicateAckedAt = nowMillis - before.duplicateAckedAgoMillis();
        unacknowledged = before.unacknowledged();
    }
}
