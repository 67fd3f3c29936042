package org.isthmus.ppp.lcp;

import java.util.List;
import org.isthmus.ppp.LcpRequests;
import org.isthmus.ppp.negotiation.Option;

/** The Configure-Requests of a negotiation that another end is to hear of: RFC 2661 section 4.4.5. */
public final class LcpHistory {
    private byte[] initialReceived = {};
    private byte[] lastSent = {};
    private byte[] lastReceived = {};
    private boolean received;

    LcpHistory() {
    }

    void begin() {
        received = false;
    }

    void sent(List<Option> options) {
        lastSent = Option.encode(options);
    }

    void received(List<Option> options) {
        lastReceived = Option.encode(options);
        if (!received) {
            received = true;
            initialReceived = lastReceived;
        }
    }

    /** Another end has negotiated: what both sides got is all that is known. */
    void adopt(LcpOptions ours, LcpOptions peers) {
        lastSent = ours.octets();
        lastReceived = peers.octets();
        initialReceived = lastReceived;
    }

    /** The options of the peer's first request. */
    public byte[] initialReceived() {
        return initialReceived;
    }

    /** The last requests of both ends; once LCP is open, those that were acknowledged. */
    public LcpRequests last() {
        return new LcpRequests(lastSent, lastReceived);
    }
}
