package org.isthmus.ppp.lcp;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.isthmus.ppp.AuthConfig;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.negotiation.Option;

/** The server's side of the authentication option: offers one protocol at a time, the best first. */
final class DemandedAuthentication {
    private final AuthConfig config;
    private final Set<AuthenticationProtocol> refused = EnumSet.noneOf(AuthenticationProtocol.class);
    private Optional<AuthenticationProtocol> offer = Optional.empty();

    DemandedAuthentication(AuthConfig config) {
        this.config = config;
    }

    /** Begins with the best. */
    void begin() {
        refused.clear();
        offer = config.demanded().stream().findFirst();
    }

    /** Another end has demanded this. */
    void adopt(Optional<AuthenticationProtocol> demanded) {
        offer = demanded;
    }

    /** What is demanded now, empty for nothing. */
    Optional<AuthenticationProtocol> offer() {
        return offer;
    }

    /**
     * The peer would rather be judged by one of these protocols, RFC 1661 section 6.2.
     *
     * @param wanted at least one option
     * @return false if it refused all that we accept
     */
    boolean naked(List<Option> wanted) {
        if (offer.isEmpty()) {
            return true;
        }
        refused.add(offer.get());
        Optional<AuthenticationProtocol> wish = wanted.stream()
                .flatMap(option -> AuthenticationOption.read(option).stream())
                .filter(protocol -> config.demanded().contains(protocol) && !refused.contains(protocol))
                .findFirst();
        offer = wish.or(() -> config.demanded().stream().filter(p -> !refused.contains(p)).findFirst());
        return offer.isPresent() || config.peerMayRefuse();
    }

    /**
     * The peer will not authenticate at all.
     *
     * @return false if it must
     */
    boolean rejected() {
        offer = Optional.empty();
        return config.peerMayRefuse();
    }

    /** For people: all that we would have accepted. */
    String wishes() {
        List<AuthenticationProtocol> demanded = config.demanded();
        return demanded.stream().map(AuthenticationProtocol::label).collect(Collectors.joining(", "));
    }
}
