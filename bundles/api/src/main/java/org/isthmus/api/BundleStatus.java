package org.isthmus.api;

/**
 * The bundle of PPP links that a session is one of (RFC 1990). Immutable.
 *
 * @param name     its name: the user that the links have in common, and a number that is given once
 * @param links    how many links it has now
 * @param leads    whether IPCP and IPV6CP of the bundle are this session's
 * @param mrru     the largest packet that we put together, in bytes
 * @param peerMrru the largest packet that the peer puts together, in bytes
 * @param peer     what tells the peer from all other systems (its endpoint discriminator), or empty
 */
public record BundleStatus(String name, int links, boolean leads, int mrru, int peerMrru, String peer) {
}
