package org.isthmus.ppp.lcp;

import java.util.Optional;
import org.isthmus.ppp.PppProtocol;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.negotiation.Option;

/** LCP option 3, RFC 1661 section 6.2: PPP protocol number (2 octets), and for CHAP the algorithm (1). */
final class AuthenticationOption {
    static final int TYPE = 3;

    private AuthenticationOption() {
    }

    static Option of(AuthenticationProtocol protocol) {
        return protocol.algorithm() < 0
                ? Option.of(TYPE, 2, protocol.protocol())
                : Option.of(TYPE, 3, (long) protocol.protocol() << 8 | protocol.algorithm());
    }

    /** The protocol that an option names, empty if it is none of ours. */
    static Optional<AuthenticationProtocol> read(Option option) {
        for (AuthenticationProtocol protocol : AuthenticationProtocol.values()) {
            if (of(protocol).equals(option)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    /** For people: what the option asks for. */
    static String describe(Option option) {
        Optional<AuthenticationProtocol> known = read(option);
        if (known.isPresent()) {
            return known.get().label();
        }
        byte[] value = option.value();
        if (value.length < 2) {
            return "an unreadable protocol";
        }
        String name = PppProtocol.name((value[0] & 0xff) << 8 | value[1] & 0xff);
        return value.length > 2 ? name + " algorithm " + (value[2] & 0xff) : name;
    }
}
