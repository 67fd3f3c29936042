package org.isthmus.ppp.lcp;

import java.util.Optional;
import org.isthmus.ppp.LinkConfig;
import org.isthmus.ppp.negotiation.Judgement;
import org.isthmus.ppp.negotiation.Option;

/** What the line's LAC allows the peer to have (RFC 3437 section 2.2): it has to act on it, frame by frame. */
final class AllowedOptions {
    private final Optional<LcpOptions> allowed;

    AllowedOptions(LinkConfig config) {
        allowed = config.wishes().allow().flatMap(LcpOptions::read);
    }

    /** Whether the LAC has a say in a well-formed option of the peer's request; {@link #judge} then decides. */
    boolean concerns(Option option) {
        return allowed.isPresent() && switch (option.type()) {
            case Lcp.MRU -> option.has(2) && allowed.get().find(Lcp.MRU).isPresent();
            case Lcp.ASYNC_MAP -> option.has(4);
            case Lcp.PROTOCOL_FIELD_COMPRESSION, Lcp.ADDRESS_CONTROL_COMPRESSION -> option.has(0);
            case Lcp.CHECK_SEQUENCE -> option.has(1);
            default -> false;
        };
    }

    /** What the LAC allows of an option is proposed to a peer that asks for more. */
    void judge(Option option, Judgement judgement) {
        Optional<Option> limit = allowed.flatMap(options -> options.find(option.type()));
        if (limit.isEmpty()) {
            judgement.reject(option);
            return;
        }
        long granted = option.type() == Lcp.MRU ? Math.min(option.number(), limit.get().number())
                : option.number() & limit.get().number();
        if (option.type() == Lcp.CHECK_SEQUENCE && granted == 0) {
            judgement.reject(option);
        } else if (granted != option.number()) {
            judgement.nak(option, Option.of(option.type(), option.value().length, granted));
        }
    }
}
