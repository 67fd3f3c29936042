package org.isthmus.ppp.lcp;

import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.EndpointDiscriminator;
import org.isthmus.ppp.LinkConfig;
import org.isthmus.ppp.Multilink;
import org.isthmus.ppp.MultilinkConfig;
import org.isthmus.ppp.negotiation.Judgement;
import org.isthmus.ppp.negotiation.Option;

/** The options of multilink, RFC 1990 section 5.1: asked for and granted where the configuration wants it, else rejected. */
final class MultilinkOptions {
    /** Its presence says that the sender speaks multilink. */
    static final int MRRU = 17;
    static final int SHORT_NUMBERS = 18;
    static final int DISCRIMINATOR = 19;
    private static final int LEAST_MRRU = 128;

    private final Optional<MultilinkConfig> config;
    private boolean offerMrru;
    private boolean offerShortNumbers;
    private boolean offerDiscriminator;
    private int mrru;

    private int peerMrru;
    private boolean peerWantsShortNumbers;
    private Optional<EndpointDiscriminator> peer = Optional.empty();

    MultilinkOptions(LinkConfig link) {
        config = link.multilink();
    }

    void begin() {
        offerMrru = config.isPresent();
        offerDiscriminator = config.isPresent();
        offerShortNumbers = config.map(MultilinkConfig::shortNumbers).orElse(false);
        mrru = config.map(MultilinkConfig::mrru).orElse(0);
        forget();
    }

    /** What another end has agreed on is no bundle of ours. */
    void adoptNone() {
        offerMrru = false;
        forget();
    }

    /** Another request of the peer is about to be judged. */
    void forget() {
        peerMrru = 0;
        peerWantsShortNumbers = false;
        peer = Optional.empty();
    }

    void addTo(List<Option> options) {
        if (offerMrru) {
            options.add(Option.of(MRRU, 2, mrru));
        }
        if (offerMrru && offerShortNumbers) {
            options.add(Option.of(SHORT_NUMBERS, 0, 0));
        }
        if (offerDiscriminator) {
            options.add(new Option(DISCRIMINATOR, config.orElseThrow().us().octets()));
        }
    }

    /** Any option that is none of multilink is rejected too. */
    void judge(Option option, Judgement judgement) {
        boolean granted = switch (option.type()) {
            case MRRU -> config.isPresent() && option.has(2);
            case SHORT_NUMBERS -> config.isPresent() && option.has(0);
            case DISCRIMINATOR -> config.isPresent() && EndpointDiscriminator.read(option.value()).isPresent();
            default -> false;
        };
        if (!granted) {
            judgement.reject(option);
            return;
        }
        switch (option.type()) {
            case MRRU -> {
                if (option.number() < LEAST_MRRU) {
                    judgement.nak(option, Option.of(MRRU, 2, LEAST_MRRU));
                } else {
                    peerMrru = (int) option.number();
                }
            }
            case SHORT_NUMBERS -> peerWantsShortNumbers = true;
            default -> peer = EndpointDiscriminator.read(option.value());
        }
    }

    /** A smaller MRRU may be had; the others are there or not. */
    void naked(Option option) {
        if (option.type() != MRRU) {
            rejected(option);
        } else if (option.has(2) && option.number() >= LEAST_MRRU && option.number() < mrru) {
            mrru = (int) option.number();
        }
    }

    void rejected(Option option) {
        switch (option.type()) {
            case MRRU -> offerMrru = false;
            case SHORT_NUMBERS -> offerShortNumbers = false;
            case DISCRIMINATOR -> offerDiscriminator = false;
            default -> { }
        }
    }

    /** What holds once LCP is open; empty unless both ends speak multilink. */
    Optional<Multilink> agreed() {
        return offerMrru && peerMrru != 0
                ? Optional.of(new Multilink(mrru, peerMrru, offerShortNumbers, peerWantsShortNumbers, peer))
                : Optional.empty();
    }
}
