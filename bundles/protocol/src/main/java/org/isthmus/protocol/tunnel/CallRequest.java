package org.isthmus.protocol.tunnel;

/** What asks for a call: an ICRQ or an OCRQ. */
public sealed interface CallRequest permits IncomingCall, OutgoingCall {

    /** Call Serial Number, 0 to 2^32-1, for the administrators of both ends. */
    long serialNumber();

    /** Bit 0 digital, bit 1 analog; 0 when there is no physical line or the peer did not say. */
    int bearerType();

    /** Who calls; empty when not known. */
    String callingNumber();

    /** Who is called; empty when not known. */
    String calledNumber();

    /** Additional dialing information; empty when none. */
    String subAddress();
}
