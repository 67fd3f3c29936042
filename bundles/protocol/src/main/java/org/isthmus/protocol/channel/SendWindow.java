package org.isthmus.protocol.channel;

/**
 * How many messages may be on their way: no more than the peer takes, and of those no more than the network seems to carry
 * (RFC 2661 Appendix A, which follows TCP).
 */
public final class SendWindow {

    private int peer = ReliableChannel.DEFAULT_WINDOW;
    private int congestion = 1;
    private int threshold = ReliableChannel.DEFAULT_WINDOW;
    /** Acknowledgements since the congestion window grew last, in congestion avoidance. */
    private int credit;

    /** The peer takes so many. */
    void peer(int messages) {
        peer = messages;
        threshold = messages;
        congestion = Math.min(congestion, messages);
    }

    /** Nothing is on its way, and nothing is known of the network. */
    void reset() {
        congestion = 1;
        threshold = peer;
    }

    /** From now on only the peer's window counts. */
    void open() {
        congestion = peer;
    }

    /** The oldest message was lost. */
    void lost() {
        // Appendix A: half of CWND is saved in SSTHRESH; as in TCP, never less than 2.
        threshold = Math.max(2, congestion / 2);
        congestion = 1;
        credit = 0;
    }

    /**
     * In slow start the window doubles with each round trip, then it grows by one per round trip. Counts messages, not
     * acknowledgements, since a peer acknowledges several at once.
     */
    void acknowledged(int messages) {
        for (int i = 0; i < messages && congestion < peer; i++) {
            if (congestion < threshold) {
                congestion++;
            } else if (++credit >= congestion) {
                credit = 0;
                congestion++;
            }
        }
    }

    ChannelCheckpoint.Window checkpoint() {
        return new ChannelCheckpoint.Window(peer, congestion, threshold, credit);
    }

    void resume(ChannelCheckpoint.Window before) {
        peer = before.peer();
        congestion = before.congestion();
        threshold = before.threshold();
        credit = before.credit();
    }

    boolean admits(int onTheirWay) {
        return onTheirWay < Math.min(congestion, peer);
    }

    /** The window that the peer advertised, or our cap on it. */
    public int peer() {
        return peer;
    }

    /** Messages that may be on their way now. */
    public int congestion() {
        return congestion;
    }

    /** Where slow start ends. */
    public int threshold() {
        return threshold;
    }
}
