package org.isthmus.api.auth;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a judge says. */
public sealed interface AuthVerdict {

    /**
     * The user is who it says.
     *
     * @param message               a text for the user, may be empty
     * @param authenticatorResponse MS-CHAPv2: the text that begins with {@code S=}; else empty
     * @param grant                 what the user gets
     * @param keys                  MS-CHAP: what encryption starts from; without them a session that requires it ends
     */
    record Accept(String message, String authenticatorResponse, Grant grant, Optional<MppeKeys> keys) implements AuthVerdict {
        /** Without keys. */
        public Accept(String message, String authenticatorResponse, Grant grant) {
            this(message, authenticatorResponse, grant, Optional.empty());
        }
    }

    /**
     * It is not, or may not come in.
     *
     * @param message a text for the user
     * @param reason  the same for the operator, more exact
     */
    record Reject(String message, String reason) implements AuthVerdict {
    }

    /** This judge does not know the user; another may. */
    record Unknown() implements AuthVerdict {
    }

    /**
     * What an accepted user gets beyond its profile.
     *
     * @param address        the address it must have
     * @param pool           the pool that its address comes from
     * @param dns            name servers
     * @param sessionTimeout the longest that it may stay
     * @param idleTimeout    the longest that it may be silent
     */
    record Grant(Optional<InetAddress> address, Optional<String> pool, List<InetAddress> dns,
            Optional<Duration> sessionTimeout, Optional<Duration> idleTimeout) {
        /** Nothing beyond the profile. */
        public static final Grant NOTHING =
                new Grant(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());

        public Grant {
            dns = List.copyOf(dns);
        }
    }
}
