package org.isthmus.api.dataplane;

/**
 * What both ends of a bundle of PPP links have agreed on (RFC 1990 section 5.1).
 *
 * @param mrru          the largest packet that we put together from fragments, in bytes
 * @param shortReceived whether the peer's fragments have sequence numbers of 12 bits in the place of 24
 * @param shortSent     whether ours have
 */
public record BundleSpec(int mrru, boolean shortReceived, boolean shortSent) {
}
