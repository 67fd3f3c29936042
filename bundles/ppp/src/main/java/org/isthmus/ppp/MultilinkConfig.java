package org.isthmus.ppp;

/**
 * What LCP asks for so that a link may be bundled with others (RFC 1990).
 *
 * @param mrru         the largest packet that we put together again, 128 to 16384 octets
 * @param shortNumbers whether the peer is asked for sequence numbers of 12 bits in the place of 24
 * @param us           tells us from all other systems; the same on all links
 */
public record MultilinkConfig(int mrru, boolean shortNumbers, EndpointDiscriminator us) {
    public MultilinkConfig {
        if (mrru < 128 || mrru > 16384) {
            throw new IllegalArgumentException("mrru must be 128 to 16384 octets");
        }
    }
}
