package org.isthmus.protocol.tunnel;

import org.isthmus.protocol.wire.AccessLine;

/**
 * What an ICRQ says about a call (RFC 2661 section 6.6); also what a LAC has it say.
 *
 * @param serialNumber      Call Serial Number, 0 to 2^32-1, for the administrators of both ends
 * @param bearerType        bit 0 digital, bit 1 analog; 0 when there is no physical line
 * @param physicalChannelId vendor specific channel, 0 when none
 * @param callingNumber     who calls, empty when not known
 * @param calledNumber      who is called, empty when not known
 * @param subAddress        additional dialing information, empty when none
 * @param accessLine        what the LAC knows of the subscriber's line (RFC 5515)
 * @param speedUpdates      true when the LAC may tell new connect speeds while the call is up (RFC 5515)
 */
public record IncomingCall(long serialNumber, int bearerType, int physicalChannelId, String callingNumber,
        String calledNumber, String subAddress, AccessLine accessLine, boolean speedUpdates) implements CallRequest {

    /** A call with nothing to say about an access line. */
    public IncomingCall(long serialNumber, int bearerType, int physicalChannelId, String callingNumber,
            String calledNumber, String subAddress) {
        this(serialNumber, bearerType, physicalChannelId, callingNumber, calledNumber, subAddress, AccessLine.NONE,
                false);
    }

    /** A call with nothing but a serial number. */
    public static IncomingCall numbered(long serialNumber) {
        return new IncomingCall(serialNumber, 0, 0, "", "", "");
    }
}
