package org.isthmus.ppp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.isthmus.ppp.auth.AuthenticationProtocol;

/**
 * Who must prove what to whom.
 *
 * @param demanded the protocols by which the peer may prove itself to us, the best first; empty: we demand nothing
 *        ({@code auth_peer}, {@code auth_pap}, {@code auth_chap}, …)
 * @param peerMayRefuse when demanded is not empty: a peer that refuses every protocol is let in ({@code auth_none})
 * @param localName the name in our challenges, 1 to 255 octets in UTF-8 ({@code local_name})
 * @param credentials who we are, when the peer demands it
 * @param timers counts and intervals
 */
public record AuthConfig(List<AuthenticationProtocol> demanded, boolean peerMayRefuse, String localName,
        Credentials credentials, Timers timers) {
    private static final int MAX_OCTETS = 255;

    /** We demand nothing and have no name to give. */
    public static final AuthConfig NONE =
            new AuthConfig(List.of(), false, "isthmus", Credentials.NONE, Timers.DEFAULT);

    public AuthConfig {
        demanded = List.copyOf(demanded);
        if (localName.isEmpty() || localName.getBytes(StandardCharsets.UTF_8).length > MAX_OCTETS) {
            throw new IllegalArgumentException("the local name must have 1 to 255 octets");
        }
    }

    /** As a server: the peer must prove itself by one of these, the best first. */
    public static AuthConfig demand(String localName, List<AuthenticationProtocol> protocols) {
        return new AuthConfig(protocols, false, localName, Credentials.NONE, Timers.DEFAULT);
    }

    /** As a client: this is who we are. */
    public static AuthConfig present(Credentials credentials) {
        return new AuthConfig(List.of(), false, "isthmus", credentials, Timers.DEFAULT);
    }

    /** The same with other counts and intervals. */
    public AuthConfig withTimers(Timers newTimers) {
        return new AuthConfig(demanded, peerMayRefuse, localName, credentials, newTimers);
    }

    /**
     * A name and a password, and how we let ourselves be asked for them. {@code toString} hides the password.
     *
     * @param name 0 to 255 octets in UTF-8
     * @param password clear text, 0 to 255 octets in UTF-8
     * @param accepted the protocols by which the peer may ask, the best first; empty: none, we have no credentials
     */
    public record Credentials(String name, String password, List<AuthenticationProtocol> accepted) {
        /** Nothing to show: a peer that demands authentication is refused. */
        public static final Credentials NONE = new Credentials("", "", List.of());

        public Credentials {
            accepted = List.copyOf(accepted);
            if (octets(name) > MAX_OCTETS || octets(password) > MAX_OCTETS) {
                throw new IllegalArgumentException("name and password may have at most 255 octets each");
            }
        }

        private static int octets(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        /** A name and a password for every protocol, the best first. */
        public static Credentials of(String name, String password) {
            return new Credentials(name, password, List.of(AuthenticationProtocol.values()));
        }

        @Override
        public String toString() {
            return "Credentials[name=" + name + ", password=(hidden), accepted=" + accepted + "]";
        }
    }

    /**
     * Counts and intervals of authentication.
     *
     * @param timeout how long the whole authentication may take, a slow judge included, and after it the fetch of
     *        addresses; zero: for ever ({@code pap_timeout} for all protocols)
     * @param papMaxRequests Authenticate-Requests that we send without an answer ({@code pap_max_auth_requests})
     * @param papRestart the time between them ({@code pap_restart_interval})
     * @param chapMaxChallenges challenges that we send without an answer ({@code chap_max_challenge})
     * @param chapRestart the time between them ({@code chap_restart})
     * @param chapRechallenge the time after which the peer is challenged anew, zero: never ({@code chap_interval})
     */
    public record Timers(Duration timeout, int papMaxRequests, Duration papRestart, int chapMaxChallenges,
            Duration chapRestart, Duration chapRechallenge) {
        /** 60 s in all; 10 tries, 3 s apart; no second challenge. */
        public static final Timers DEFAULT = new Timers(Duration.ofSeconds(60), 10, Duration.ofSeconds(3), 10,
                Duration.ofSeconds(3), Duration.ZERO);

        public Timers {
            if (papMaxRequests < 1 || chapMaxChallenges < 1) {
                throw new IllegalArgumentException("counts must be 1 or more");
            }
            if (papRestart.isNegative() || papRestart.isZero() || chapRestart.isNegative() || chapRestart.isZero()
                    || timeout.isNegative() || chapRechallenge.isNegative()) {
                throw new IllegalArgumentException("restart intervals must be more than 0, the others not negative");
            }
        }
    }
}
