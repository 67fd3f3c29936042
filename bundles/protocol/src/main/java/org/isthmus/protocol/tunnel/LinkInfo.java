package org.isthmus.protocol.tunnel;

import org.isthmus.protocol.wire.Accm;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.MessageWriter;

/**
 * What an LNS tells its LAC about the PPP link that it negotiated: what an SLI says (RFC 2661 section 6.14).
 *
 * @param accm                which characters the LAC is to escape on an asynchronous line
 * @param lastSentConfreq     options of the last LCP Configure-Request that the LNS sent (RFC 3437); empty to leave out
 * @param lastReceivedConfreq options of the last one that it received and accepted; empty to leave out
 */
public record LinkInfo(Accm accm, byte[] lastSentConfreq, byte[] lastReceivedConfreq) {

    /** Only the masks. */
    public static LinkInfo of(Accm accm) {
        return new LinkInfo(accm, new byte[0], new byte[0]);
    }

    /** Ends an SLI that has its identifiers already. */
    byte[] write(MessageWriter sli) {
        return sli.accm(accm).optionalOctets(AvpType.LNS_LAST_SENT_LCP_CONFREQ, lastSentConfreq)
                .optionalOctets(AvpType.LNS_LAST_RECEIVED_LCP_CONFREQ, lastReceivedConfreq).toBytes();
    }
}
