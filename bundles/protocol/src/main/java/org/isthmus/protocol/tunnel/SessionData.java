package org.isthmus.protocol.tunnel;

import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.SequencingLevel;

/**
 * What the data path of a session of version 3 needs to know, as both ends agreed (RFC 3931 section 5.4.4).
 *
 * @param type               what the session carries
 * @param localCookie        0, 4 or 8 octets that each packet of the peer has; not to be changed
 * @param remoteCookie       0, 4 or 8 octets for each packet that we send; not to be changed
 * @param sublayerExpected   the packets of the peer have the default L2-specific sublayer
 * @param sublayerSent       ours have it
 * @param sequencingExpected which packets of the peer carry sequence numbers
 * @param sequencingSent     which of ours do
 * @param localCircuit       what we told of our end
 * @param remoteCircuit      what the peer told of its end; while it does not carry traffic, nothing may be sent
 */
public record SessionData(PseudowireType type, byte[] localCookie, byte[] remoteCookie, boolean sublayerExpected,
        boolean sublayerSent, SequencingLevel sequencingExpected, SequencingLevel sequencingSent,
        CircuitStatus localCircuit, CircuitStatus remoteCircuit) {

    boolean isSequenced() {
        return sequencingExpected != SequencingLevel.NONE || sequencingSent != SequencingLevel.NONE;
    }
}
