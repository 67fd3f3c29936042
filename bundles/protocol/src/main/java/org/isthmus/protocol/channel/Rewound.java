package org.isthmus.protocol.channel;

/**
 * What a channel does not know that goes on from a checkpoint after another object had gone on from it too, for a while. The peer may
 * have acknowledged more than this one has sent, and may have sent more than this one has seen: both are believed, once, until what the
 * peer says fits again.
 */
final class Rewound {
    /** Messages that may have been exchanged meanwhile, each way. */
    static final int MOST = 256;

    /** Messages of the queue, from the first, that the peer may have had from the other object, or in place of which it had others. */
    private int unsure;
    private boolean mayHaveMissed;

    void begin(int queued) {
        unsure = queued;
        mayHaveMissed = true;
    }

    void end() {
        unsure = 0;
        mayHaveMissed = false;
    }

    /** So many messages of the queue may be sent: what follows would be taken for something that the peer has. */
    int sendable(int queued) {
        return unsure > 0 ? unsure : queued;
    }

    /** So many were acknowledged. */
    void acknowledged(int count) {
        unsure = Math.max(0, unsure - count);
    }

    /** Whether the peer acknowledges messages of the other object: so many, with {@code sent} of ours. */
    boolean isBeyond(int count, int sent) {
        return unsure > 0 && count > sent && count <= MOST;
    }

    /** How many of ours are acknowledged then. */
    int acknowledgedOf(int count) {
        return Math.min(count, unsure);
    }

    /**
     * Whether the peer's oldest message is this one, so that those before it went to the other object: the peer's window shows it, or
     * that it is sent again before any other.
     *
     * @param ahead  how far it is ahead of what is expected
     * @param window ours
     * @param isHeld whether it has come before
     */
    boolean isOldest(int ahead, int window, boolean isHeld) {
        return mayHaveMissed && ahead > 0 && ahead <= MOST && (ahead >= window || isHeld);
    }

    /** A message came in its turn. */
    void inTurn() {
        mayHaveMissed = false;
    }
}
