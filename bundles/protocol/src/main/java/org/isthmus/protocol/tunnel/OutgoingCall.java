package org.isthmus.protocol.tunnel;

/**
 * What an OCRQ says about a call (RFC 2661 section 6.9); also what an LNS has it say.
 *
 * @param serialNumber Call Serial Number, 0 to 2^32-1, for the administrators of both ends
 * @param minimumBps   lowest acceptable line speed, bits per second, unsigned 32 bits; 0 when the peer did not say
 * @param maximumBps   highest acceptable line speed, bits per second, unsigned 32 bits; 0 when the peer did not say
 * @param bearerType   bit 0 digital, bit 1 analog: what is acceptable
 * @param framingType  bit 0 synchronous, bit 1 asynchronous: what is acceptable
 * @param calledNumber who is to be called, empty when there is nobody to dial
 * @param subAddress   additional dialing information, empty when none
 */
public record OutgoingCall(long serialNumber, long minimumBps, long maximumBps, int bearerType, int framingType,
        String calledNumber, String subAddress) implements CallRequest {

    /** An outgoing call has no caller but the LNS. */
    @Override
    public String callingNumber() {
        return "";
    }
}
