package org.isthmus.api.dataplane;

/**
 * The header of L2TPv3 (RFC 3931 4.1 and 4.6). The arrays are not to be changed.
 *
 * @param localCookie     the cookie that we gave the peer and that packets to us must carry: 0, 4 or 8 bytes
 * @param peerCookie      the cookie that the peer gave us and that packets to it carry: 0, 4 or 8 bytes
 * @param sendSublayer    whether packets to the peer have the default L2-specific sublayer; without it we send no sequence
 *                        numbers
 * @param receiveSublayer whether packets to us have it
 */
public record V3Header(byte[] localCookie, byte[] peerCookie, boolean sendSublayer, boolean receiveSublayer)
        implements Header {
}
