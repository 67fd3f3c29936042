package org.isthmus.ppp;

import java.util.Optional;

/**
 * What both ends have agreed on for the bundle of a link (RFC 1990 section 5.1).
 *
 * @param localMrru     the largest packet that we put together again, octets
 * @param peerMrru      the largest packet that the peer does, octets
 * @param shortReceived whether the peer's fragments have sequence numbers of 12 bits
 * @param shortSent     whether ours have
 * @param peer          what tells the peer from all other systems, if it says so
 */
public record Multilink(int localMrru, int peerMrru, boolean shortReceived, boolean shortSent,
        Optional<EndpointDiscriminator> peer) {

    /** Whether a link of these terms may be a link of a bundle of those: the discriminator is not looked at. */
    public boolean fits(Multilink bundle) {
        return localMrru == bundle.localMrru && peerMrru == bundle.peerMrru && shortReceived == bundle.shortReceived
                && shortSent == bundle.shortSent;
    }
}
