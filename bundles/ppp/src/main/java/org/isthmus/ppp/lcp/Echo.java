package org.isthmus.ppp.lcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.isthmus.ppp.CloseReason.Cause;
import org.isthmus.ppp.LinkConfig;
import org.isthmus.ppp.PppCounter;
import org.isthmus.ppp.PppProtocol;
import org.isthmus.ppp.negotiation.Automaton;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.Line;

/**
 * Echo-Request, Echo-Reply and Discard-Request, RFC 1661 sections 5.8 and 5.9: magic number (4 octets), anything.
 * Asks the peer at intervals whether it lives, and finds a line that was looped back while LCP was open.
 */
public final class Echo {
    private final Line line;
    private final Automaton automaton;
    private final LcpOwner owner;

    private Duration interval;
    private int failures;
    private long deadline = Long.MAX_VALUE;
    private int magic;
    private int lastIdentifier = -1;
    private long lastSentAt;
    private int outstanding;
    private boolean cameBack;
    private long sent;
    private long answered;
    private long roundTripMillis = -1;

    Echo(LinkConfig config, Line line, Automaton automaton, LcpOwner owner) {
        this.interval = config.echoInterval();
        this.failures = config.echoFailureCount();
        this.line = line;
        this.automaton = automaton;
        this.owner = owner;
    }

    /** When {@link #expire} wants to be called. */
    public long deadline() {
        return deadline;
    }

    public long sent() {
        return sent;
    }

    public long answered() {
        return answered;
    }

    public int outstanding() {
        return outstanding;
    }

    public long roundTripMillis() {
        return roundTripMillis;
    }

    void start(int ownMagic) {
        magic = ownMagic;
        outstanding = 0;
        cameBack = false;
        lastIdentifier = -1;
        schedule();
    }

    void stop() {
        deadline = Long.MAX_VALUE;
    }

    /** From now on this holds; what is unanswered stays so. */
    public void change(Duration newInterval, int newFailures) {
        boolean other = !newInterval.equals(interval);
        interval = newInterval;
        failures = newFailures;
        if (other && automaton.isOpened()) {
            schedule();
        }
    }

    private void schedule() {
        deadline = interval.isZero() ? Long.MAX_VALUE : line.now() + interval.toMillis();
    }

    /** An interval is over: one more request, or the end. */
    public void expire() {
        if (owner.peerMayBeSilent()) {
            outstanding = 0;
        }
        if (failures > 0 && outstanding >= failures) {
            deadline = Long.MAX_VALUE;
            String unanswered = outstanding + " LCP Echo-Requests in a row, " + interval.toMillis()
                    + " ms apart";
            if (cameBack) {
                owner.lcpFailed(Cause.LOOPED_BACK, "looped-back link: " + unanswered
                        + ", came back with our own magic number");
            } else {
                owner.lcpFailed(Cause.PEER_DEAD, "the peer did not answer " + unanswered);
            }
            owner.lcpMustClose();
            return;
        }
        outstanding++;
        sent++;
        lastIdentifier = automaton.nextIdentifier();
        lastSentAt = line.now();
        line.count(PppCounter.TX_ECHO_REQUEST);
        send(Lcp.ECHO_REQUEST, lastIdentifier, new byte[4]);
        schedule();
    }

    void receive(ControlPacket packet, int peerMagic) {
        if (packet.data().remaining() < 4) {
            line.count(PppCounter.RX_MALFORMED);
            return;
        }
        int theirs = packet.data().getInt(packet.data().position());
        if (theirs != 0 && theirs == magic && theirs != peerMagic) {
            // A looped line, or a peer that copies the whole packet. Neither counts as a sign of life.
            line.count(PppCounter.LOOPBACK);
            cameBack = true;
            return;
        }
        if (packet.code() == Lcp.ECHO_REQUEST) {
            byte[] data = packet.bytes();
            int room = Math.max(4, line.peerMru() - 4);
            send(Lcp.ECHO_REPLY, packet.identifier(),
                    data.length <= room ? data : Arrays.copyOf(data, room));
        } else if (packet.code() == Lcp.ECHO_REPLY) {
            receiveReply(packet);
        }
    }

    private void receiveReply(ControlPacket packet) {
        line.count(PppCounter.RX_ECHO_REPLY);
        if (outstanding == 0) {
            line.count(PppCounter.RX_UNEXPECTED_ANSWER);
            return;
        }
        if (packet.identifier() == lastIdentifier) {
            roundTripMillis = line.now() - lastSentAt;
        }
        answered++;
        outstanding = 0;
        cameBack = false;
    }

    /** Puts our magic number, 0 for none, into the first 4 octets. */
    private void send(int code, int identifier, byte[] data) {
        ByteBuffer.wrap(data).putInt(magic);
        line.send(PppProtocol.LCP, ControlPacket.encode(code, identifier, data));
    }
}
