package org.isthmus.protocol.trace;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.protocol.wire.ControlMessage;

/**
 * One L2TP datagram in words: a line that says the most of it, and lines that say all that is no secret.
 *
 * <pre>
 * ICRQ tunnel 4711 session 0 Ns 2 Nr 1, Assigned Session ID 7, Call Serial Number 1
 *     M  Message Type            ICRQ (10)
 *     M  Assigned Session ID     7
 *     MH Call Serial Number      hidden, 22 octets
 * </pre>
 *
 * @param summary the datagram in one line
 * @param details a line for each AVP, indented; none for a bare acknowledgement or a data message
 */
public record MessageTrace(String summary, List<String> details) {

    /** Octets of a datagram that are looked at. */
    static final int MOST_BYTES = ControlMessage.MAX_BYTES;

    /**
     * Reads a datagram, of whatever version and however broken.
     *
     * @param datagram what lies between position and limit, which are not moved; the L2TP header comes first
     */
    public static MessageTrace of(ByteBuffer datagram) {
        byte[] bytes = new byte[Math.min(datagram.remaining(), MOST_BYTES)];
        datagram.get(datagram.position(), bytes);
        Field message = new Field(bytes, 0, bytes.length);
        Header header = Header.of(message, datagram);
        if (!header.isControl()) {
            return new MessageTrace(header.words(), List.of());
        }
        List<AvpLine> avps = AvpLine.readAll(message, header);
        StringBuilder summary = new StringBuilder(header.words());
        List<String> details = new ArrayList<>(avps.size());
        for (AvpLine avp : avps) {
            details.add(avp.toString());
            if (avp.telling()) {
                summary.append(", ").append(avp.inSummary());
            }
        }
        return new MessageTrace(summary.toString(), List.copyOf(details));
    }

    /** Summary and details, a line each, without a line end after the last. */
    @Override
    public String toString() {
        return details.isEmpty() ? summary : summary + "\n" + String.join("\n", details);
    }
}
