package org.isthmus.protocol.wire;

/**
 * ACCM AVP of an SLI (RFC 2661 section 4.4.6): a reserved field (2), then two masks of 4 octets.
 *
 * @param send    async control character map for what the LAC sends to the remote system
 * @param receive async control character map for what the LAC receives
 */
public record Accm(int send, int receive) {
}
