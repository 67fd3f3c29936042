package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.TX_BYTES;
import static org.isthmus.core.counters.Counter.TX_ERRORS;
import static org.isthmus.core.counters.Counter.TX_PACKETS;

import java.nio.ByteBuffer;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.counters.Counters;
import org.isthmus.core.net.PeerPath;

/** Sends the control messages of a worker's tunnels, on its thread. */
final class ControlSender {
    private static final int LONGEST = 65_536;

    private final Counters counters;
    private final WorkerJournal journal;
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(LONGEST);

    ControlSender(Counters counters, WorkerJournal journal) {
        this.counters = counters;
        this.journal = journal;
    }

    /**
     * Sends a message, where something outlives the process at the end of the turn.
     *
     * @param dscp  the DSCP of its packet
     * @param whole with Don't Fragment
     */
    void send(PeerPath path, ByteBuffer message, int dscp, boolean whole) {
        if (!journal.sendsLater(path, message, dscp, whole)) {
            transmit(path, message, dscp, whole);
        }
    }

    /** The same, at once. */
    void transmit(PeerPath path, ByteBuffer message, int dscp, boolean whole) {
        outgoing.clear();
        if (path.encapsulation() == Encapsulation.IP) {
            outgoing.putInt(0); // where a data packet has its session id (RFC 3931 section 4.1.1.2)
        }
        outgoing.put(message.duplicate()).flip();
        int sent = path.send(outgoing, dscp, whole);
        if (sent == 0) {
            counters.count(TX_PACKETS);
            counters.add(TX_BYTES, outgoing.remaining());
        } else {
            counters.count(TX_ERRORS); // what must arrive is sent again
        }
    }
}
