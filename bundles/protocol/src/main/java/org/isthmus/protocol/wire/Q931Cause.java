package org.isthmus.protocol.wire;

/**
 * Q.931 Cause Code AVP of a CDN (RFC 2661 section 4.4.4): Cause Code (2), Cause Msg (1), Advisory Msg.
 *
 * @param cause    Q.931 cause code, 0 to 65535
 * @param message  Q.931 message code, 0 to 255
 * @param advisory the advisory text, possibly empty
 */
public record Q931Cause(int cause, int message, String advisory) {
}
