package org.isthmus.protocol.channel;

/**
 * What is to be acknowledged: a part of {@link ChannelCheckpoint}.
 *
 * @param dueInMillis             when, if no message comes by; Long.MAX_VALUE for not at all
 * @param answersDuplicate        whether a duplicate came
 * @param duplicateAcked          whether a duplicate was ever answered
 * @param duplicateAckedAgoMillis when last
 * @param unacknowledged          messages received since an acknowledgement was sent
 */
public record AckCheckpoint(long dueInMillis, boolean answersDuplicate, boolean duplicateAcked, long duplicateAckedAgoMillis,
        int unacknowledged) {
}
