package org.isthmus.core.engine;

import java.util.Optional;

import org.isthmus.api.Origin;
import org.isthmus.ppp.EndpointDiscriminator;
import org.isthmus.ppp.Multilink;

/**
 * What links have in common that belong to one bundle (RFC 1990 section 5.1.3).
 *
 * @param user       the name that the peer proved; where it proved none, our own towards it
 * @param ourProfile the ppp profile of calls that we placed and whose peer proved nothing, else empty
 * @param peer       the peer's endpoint discriminator
 */
record BundleKey(String user, Optional<String> ourProfile, Optional<EndpointDiscriminator> peer) {

    /**
     * Empty where nothing tells the peer from others, so that its links cannot be known to be of one system: it shows no name, and
     * calls by itself or shows no discriminator either.
     */
    static Optional<BundleKey> of(LiveSession session, Multilink agreed, String provenName) {
        Optional<EndpointDiscriminator> peer = agreed.peer().filter(shown -> !shown.isNull());
        if (!provenName.isEmpty()) {
            return Optional.of(new BundleKey(provenName, Optional.empty(), peer));
        }
        return session.plan().origin() == Origin.LOCAL && peer.isPresent()
                ? Optional.of(new BundleKey(session.plan().userName(), Optional.of(session.plan().values().pppProfile()), peer))
                : Optional.empty();
    }
}
