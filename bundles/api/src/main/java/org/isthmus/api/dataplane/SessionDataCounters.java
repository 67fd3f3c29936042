package org.isthmus.api.dataplane;

/**
 * What passed, and what was dropped and why. Bytes are those of the PPP payload.
 *
 * @param rxPackets        packets from the peer, PPP control frames included
 * @param rxBytes          their bytes
 * @param rxErrors         malformed ones, and those the system refused
 * @param txPackets        packets to the peer
 * @param txBytes          their bytes
 * @param txErrors         packets that could not be sent
 * @param rxOutOfSequence  packets that came late or twice and were dropped
 * @param rxUnsequenced    packets dropped because they lacked the sequence number that is required
 * @param rxSpoofed        packets dropped because their source address is not the peer's
 * @param txTooBig         packets larger than the MTU, answered with ICMP or dropped
 */
public record SessionDataCounters(long rxPackets, long rxBytes, long rxErrors, long txPackets, long txBytes,
        long txErrors, long rxOutOfSequence, long rxUnsequenced, long rxSpoofed, long txTooBig) {
    public static final SessionDataCounters ZERO = new SessionDataCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together: a session whose path was opened anew goes on counting. */
    public SessionDataCounters plus(SessionDataCounters other) {
        return new SessionDataCounters(rxPackets + other.rxPackets, rxBytes + other.rxBytes,
                rxErrors + other.rxErrors, txPackets + other.txPackets, txBytes + other.txBytes,
                txErrors + other.txErrors, rxOutOfSequence + other.rxOutOfSequence,
                rxUnsequenced + other.rxUnsequenced, rxSpoofed + other.rxSpoofed, txTooBig + other.txTooBig);
    }
}
