package org.isthmus.core.engine;

import static org.isthmus.api.config.PppParameters.*;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.isthmus.api.config.MppeUse;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.core.users.LocalUsers;
import org.isthmus.ppp.AuthConfig;
import org.isthmus.ppp.Ipv4Config;
import org.isthmus.ppp.Ipv6Config;
import org.isthmus.ppp.LinkConfig;
import org.isthmus.ppp.MppeConfig;
import org.isthmus.ppp.PppConfig;
import org.isthmus.ppp.Retry;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.mppe.MppeStrength;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From an operator's settings to what PPP is told of a link. */
final class PppConfigs {
    private static final Logger LOG = LoggerFactory.getLogger(PppConfigs.class);

    private PppConfigs() {
    }

    /**
     * @param ppp         the PPP settings, profiles included
     * @param isLac       whether we are the LAC of the call, and so are the client unless the settings say otherwise
     * @param hostName    our name, unless the settings give another
     * @param credentials what we show when the peer asks
     */
    static PppConfig of(Settings ppp, boolean isLac, String hostName, AuthConfig.Credentials credentials) {
        boolean demand = demandsProof(ppp, isLac);
        Duration echo = ppp.get(LCP_ECHO_INTERVAL);
        LinkConfig link = new LinkConfig(ppp.get(MRU), ppp.get(MTU), true, OptionalInt.empty(), false, false,
                retry(ppp, LCP_MAX_CONFIG_REQUESTS, LCP_RETRANSMIT_INTERVAL), echo, ppp.get(LCP_ECHO_FAILURE_COUNT));
        AuthConfig.Timers timers = new AuthConfig.Timers(AuthConfig.Timers.DEFAULT.timeout(),
                ppp.get(MAX_AUTH_REQUESTS), ppp.get(AUTH_RESTART), ppp.get(MAX_AUTH_REQUESTS), ppp.get(AUTH_RESTART),
                ppp.get(CHAP_INTERVAL));
        AuthConfig auth = new AuthConfig(demand ? methods(ppp) : List.of(), false,
                ppp.find(LOCAL_NAME).orElse(hostName), credentials, timers);
        Retry ncp = retry(ppp, IPCP_MAX_CONFIG_REQUESTS, IPCP_RETRANSMIT_INTERVAL);
        return new PppConfig(link, auth, lends(ppp, isLac), ipv4(ppp, ncp), new Ipv6Config(ppp.get(IPV6), 0, 0, ncp), mppe(ppp, ncp));
    }

    private static MppeConfig mppe(Settings ppp, Retry retry) {
        Set<MppeStrength> strengths = EnumSet.noneOf(MppeStrength.class);
        ppp.get(MPPE_KEY_BITS).forEach(bits -> MppeStrength.ofBits(bits).ifPresent(strengths::add));
        MppeConfig.State state = switch (ppp.get(MPPE_STATEFUL)) {
            case NEVER -> MppeConfig.State.NEVER;
            case ALLOW -> MppeConfig.State.ALLOWED;
            case PREFER -> MppeConfig.State.PREFERRED;
        };
        return encrypts(ppp) ? new MppeConfig(true, strengths, state, retry) : MppeConfig.OFF;
    }

    /** Whether packets pass encrypted or not at all. */
    static boolean encrypts(Settings ppp) {
        return ppp.get(MPPE) == MppeUse.REQUIRE;
    }

    /**
     * What we show when a session's peer asks who we are.
     *
     * @param users  where the password is looked for if the session has none of its own
     * @param server the peer's name for itself
     */
    static AuthConfig.Credentials credentials(SessionPlan plan, LocalUsers users, String server) {
        String name = plan.userName();
        if (name.isEmpty()) {
            return AuthConfig.Credentials.NONE;
        }
        return plan.session().find(SessionParameters.USER_PASSWORD).or(() -> users.passwordFor(name, server))
                .map(password -> new AuthConfig.Credentials(name, password.reveal(), methods(plan.ppp())))
                .orElseGet(() -> {
                    LOG.warn("session \"{}\": no password for user_name \"{}\": set user_password, or give it a line in"
                            + " the secrets file", plan.name(), name);
                    return AuthConfig.Credentials.NONE;
                });
    }

    /** Whether the peer must say who it is. */
    static boolean demandsProof(Settings ppp, boolean isLac) {
        return ppp.find(AUTH_PEER).orElse(!isLac);
    }

    /** The methods that the settings allow, the best first; for encryption those that bring keys. */
    static List<AuthenticationProtocol> methods(Settings ppp) {
        List<AuthenticationProtocol> allowed = new ArrayList<>();
        for (AuthenticationProtocol protocol : AuthenticationProtocol.values()) {
            boolean wanted = switch (protocol) {
                case MSCHAP_V2 -> ppp.get(AUTH_MSCHAPV2);
                case CHAP_MD5 -> ppp.get(AUTH_CHAP) && !encrypts(ppp);
                case MSCHAP_V1 -> ppp.get(AUTH_MSCHAPV1);
                case PAP -> ppp.get(AUTH_PAP) && !encrypts(ppp);
            };
            if (wanted) {
                allowed.add(protocol);
            }
        }
        return allowed;
    }

    /**
     * Whether we give the peer its address: we do as LNS. As LAC only when we also ask the peer who it is: a pool alone may
     * come from the profile {@code default}, which serves our own clients.
     */
    static boolean lends(Settings ppp, boolean isLac) {
        return !isLac || ppp.isSet(IP_POOL) && ppp.find(AUTH_PEER).orElse(false);
    }

    static Optional<Inet4Address> ipv4(Settings ppp, Parameter<InetAddress> parameter) {
        return ppp.find(parameter).filter(Inet4Address.class::isInstance).map(Inet4Address.class::cast);
    }

    /** The IPv4 addresses of a list; IPCP knows no others. */
    static List<Inet4Address> ipv4List(Settings ppp, Parameter<List<InetAddress>> parameter) {
        List<Inet4Address> addresses = new ArrayList<>();
        for (InetAddress address : ppp.find(parameter).orElse(List.of())) {
            if (address instanceof Inet4Address ipv4 && addresses.size() < 2) {
                addresses.add(ipv4);
            }
        }
        return addresses;
    }

    private static Ipv4Config ipv4(Settings ppp, Retry retry) {
        Optional<Inet4Address> local = ipv4(ppp, LOCAL_ADDRESS);
        return new Ipv4Config(ppp.get(IPV4), local, local.isPresent(), ipv4(ppp, REMOTE_ADDRESS), ipv4List(ppp, DNS),
                ipv4List(ppp, WINS), ppp.get(ASK_DNS), false, retry);
    }

    private static Retry retry(Settings ppp, Parameter<Integer> requests, Parameter<Duration> interval) {
        return new Retry(ppp.get(requests), ppp.get(LCP_MAX_CONFIG_NAKS), ppp.get(LCP_MAX_TERMINATE_REQUESTS),
                ppp.get(interval));
    }
}
