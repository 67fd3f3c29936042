package org.isthmus.api.dataplane;

/**
 * What passed, and what was dropped and why. Bytes are those of the payload: behind the PPP protocol, or the Ethernet frame.
 *
 * @param rxPackets     packets from the peer, PPP control frames included
 * @param rxBytes       their bytes
 * @param rxErrors      malformed ones, and those the system refused
 * @param txPackets     packets to the peer
 * @param txBytes       their bytes
 * @param txErrors      packets that could not be sent
 * @param rxReordered   packets that were overtaken by others and were put back in order
 * @param rxLate        packets dropped because the ones behind them had gone on already
 * @param rxDuplicate   packets dropped because they came a second time
 * @param rxUnsequenced packets dropped because they lacked the sequence number that is required
 * @param rxSpoofed     packets dropped because their source address is not the peer's
 * @param rxWrongCookie packets dropped because their cookie is not the one that we gave the peer (L2TPv3)
 * @param rxWrongVlan   frames dropped because they are not of the VLAN that the session carries
 * @param txTooBig      packets larger than the MTU, dropped
 * @param rxUnencrypted network packets dropped because they came in clear and have to be encrypted
 * @param rxUndecrypted encrypted packets dropped because they could not be decrypted: damaged, late, or behind a loss
 */
public record SessionDataCounters(long rxPackets, long rxBytes, long rxErrors, long txPackets, long txBytes, long txErrors,
        long rxReordered, long rxLate, long rxDuplicate, long rxUnsequenced, long rxSpoofed, long rxWrongCookie,
        long rxWrongVlan, long txTooBig, long rxUnencrypted, long rxUndecrypted) {
    public static final SessionDataCounters ZERO = new SessionDataCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Of a session without encryption, or whose packets somebody else decrypts. */
    public SessionDataCounters(long rxPackets, long rxBytes, long rxErrors, long txPackets, long txBytes, long txErrors,
            long rxReordered, long rxLate, long rxDuplicate, long rxUnsequenced, long rxSpoofed, long rxWrongCookie,
            long rxWrongVlan, long txTooBig) {
        this(rxPackets, rxBytes, rxErrors, txPackets, txBytes, txErrors, rxReordered, rxLate, rxDuplicate, rxUnsequenced, rxSpoofed,
                rxWrongCookie, rxWrongVlan, txTooBig, 0, 0);
    }

    /** Both together: a session whose path was opened anew goes on counting. */
    public SessionDataCounters plus(SessionDataCounters other) {
        return new SessionDataCounters(rxPackets + other.rxPackets, rxBytes + other.rxBytes, rxErrors + other.rxErrors,
                txPackets + other.txPackets, txBytes + other.txBytes, txErrors + other.txErrors,
                rxReordered + other.rxReordered, rxLate + other.rxLate, rxDuplicate + other.rxDuplicate,
                rxUnsequenced + other.rxUnsequenced, rxSpoofed + other.rxSpoofed, rxWrongCookie + other.rxWrongCookie,
                rxWrongVlan + other.rxWrongVlan, txTooBig + other.txTooBig, rxUnencrypted + other.rxUnencrypted,
                rxUndecrypted + other.rxUndecrypted);
    }
}
