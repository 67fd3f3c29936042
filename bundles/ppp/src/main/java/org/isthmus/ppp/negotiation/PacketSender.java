package org.isthmus.ppp.negotiation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.isthmus.ppp.PppCounter;

/** Writes the packets of one control protocol and numbers those that we originate. */
final class PacketSender {
    private static final int MAX_TERMINATE_TEXT = 100;

    private final int protocol;
    private final Line line;
    private final RateLimit codeRejects = new RateLimit(10, 10_000);
    private int lastIdentifier;

    PacketSender(int protocol, Line line) {
        this.protocol = protocol;
        this.line = line;
    }

    int nextIdentifier() {
        lastIdentifier = lastIdentifier + 1 & 0xff;
        return lastIdentifier;
    }

    void send(int code, int identifier, byte[] data) {
        line.send(protocol, ControlPacket.encode(code, identifier, data));
    }

    void terminateRequest(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        send(ControlPacket.TERMINATE_REQUEST, nextIdentifier(),
                octets.length <= MAX_TERMINATE_TEXT ? octets : Arrays.copyOf(octets, MAX_TERMINATE_TEXT));
    }

    void terminateAck(ControlPacket request) {
        send(ControlPacket.TERMINATE_ACK, request.identifier(), new byte[0]);
    }

    /** Quotes the packet, cut to what the peer takes; not more often than the limit. */
    void codeReject(ControlPacket unknown) {
        if (codeRejects.allows(line.now())) {
            send(ControlPacket.CODE_REJECT, nextIdentifier(), unknown.quote(line.peerMru() - 4));
        } else {
            line.count(PppCounter.TX_SUPPRESSED);
        }
    }
}
