package org.isthmus.protocol.tunnel;

import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.SequencingLevel;

/**
 * The pseudowire of a {@link SessionSnapshot}.
 *
 * @param terms          what this side asked for; its remote end id names the circuit, whoever asked for the session
 * @param localCookie    0, 4 or 8 octets that each packet of the peer has
 * @param remoteCookie   0, 4 or 8 octets for each packet that we send
 * @param sublayerSent   ours have the default L2-specific sublayer
 * @param sequencingSent which of ours are numbered
 * @param remoteCircuit  what the peer told of its end
 */
public record PseudowireSnapshot(PseudowireTerms terms, byte[] localCookie, byte[] remoteCookie, boolean sublayerSent,
        SequencingLevel sequencingSent, CircuitStatus remoteCircuit) {
}
