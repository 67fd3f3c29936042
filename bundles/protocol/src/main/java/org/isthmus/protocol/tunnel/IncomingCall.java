package org.isthmus.protocol.tunnel;

/**
 * What an ICRQ says about a call (RFC 2661 section 6.6); also what a LAC has it say.
 *
 * @param serialNumber      Call Serial Number, 0 to 2^32-1, for the administrators of both ends
 * @param bearerType        bit 0 digital, bit 1 analog; 0 when there is no physical line
 * @param physicalChannelId vendor specific channel, 0 when none
 * @param callingNumber     who calls, empty when not known
 * @param calledNumber      who is called, empty when not known
 * @param subAddress        additional dialing information, empty when none
 */
public record IncomingCall(long serialNumber, int bearerType, int physicalChannelId, String callingNumber,
        String calledNumber, String subAddress) {

    /** A call of which nothing is known but its number. */
    public static IncomingCall numbered(long serialNumber) {
        return new IncomingCall(serialNumber, 0, 0, "", "", "");
    }
}
