package org.isthmus.protocol.wire;

/**
 * PPP Disconnect Cause Code AVP of a CDN (RFC 3145): why PPP ended.
 *
 * <p>Layout: Disconnect Code (2), Control Protocol Number (2), Direction (1), Message (rest).
 *
 * @param code      Disconnect Code, 0 to 65535
 * @param protocol  PPP protocol that failed, 0 when none is meant
 * @param direction 0 global, 1 at the sender's peer, 2 at the sender
 * @param message   the sender's words, possibly empty
 */
public record DisconnectCause(int code, int protocol, int direction, String message) {

    private static final String[] WORDS = {
        "no information available",
        "administrative disconnect",
        "LCP renegotiation at the LNS is disabled and the LAC sent no proxy LCP information",
        "normal disconnection, LCP Terminate-Request sent",
        "compulsory encryption was refused",
        "LCP timed out",
        "no recognizable LCP packets were received",
        "LCP magic number error, the link may be looped back",
        "LCP echo requests were not answered",
        "unexpected endpoint discriminator for an existing multilink bundle",
        "unexpected MRRU for an existing multilink bundle",
        "unexpected short sequence number option for an existing multilink bundle",
        "compulsory call-back was refused",
        "authentication timed out",
        "unexpected authenticated name for an existing multilink bundle",
        "authentication protocol unacceptable",
        "authentication failed: bad name, password or secret",
        "network control protocol timed out",
        "no network control protocol came up",
        "no acceptable addresses were found",
        "the user may not use any addresses",
    };

    /** What it means, for an operator. */
    public String words() {
        String text = code < WORDS.length ? WORDS[code] : "unknown PPP disconnect code";
        String where = switch (direction) {
            case 1 -> ", at its peer";
            case 2 -> ", at its own side";
            default -> "";
        };
        return text + where + " (" + code + ")" + (message.isEmpty() ? "" : ", \"" + message + "\"");
    }
}
