package org.isthmus.pppd;

import static org.isthmus.api.config.PppParameters.*;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.MppeState;
import org.isthmus.api.config.MppeUse;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Settings;
import org.isthmus.api.ppp.PppSpec;

/** What pppd is told of a session: the lines of its options file, which holds a password and is seen by nobody else. */
final class OptionsFile {
    /** Where pppd finds the session's PPPoX socket. */
    static final int SOCKET = 3;
    /** The variables of {@link EventScript}, which pppd hands to its scripts. */
    static final String RUN_VARIABLE = "L2TP_RUN";
    static final String EVENTS_VARIABLE = "L2TP_EVENTS";

    private static final List<Method> METHODS = List.of(new Method(AUTH_MSCHAPV2, "mschap-v2"), new Method(AUTH_CHAP, "chap"),
            new Method(AUTH_MSCHAPV1, "mschap"), new Method(AUTH_PAP, "pap"));

    private final PppSpec spec;
    private final Settings settings;
    private final List<String> lines = new ArrayList<>();

    private record Method(Parameter<Boolean> allowed, String word) {
    }

    private OptionsFile(PppSpec spec) {
        this.spec = spec;
        this.settings = spec.settings();
    }

    /**
     * @param run    the number of this start, which events name
     * @param events the pipe that they go to
     * @param debug  whether pppd is to log every packet
     */
    static String of(PppSpec spec, long run, String events, boolean debug) {
        OptionsFile file = new OptionsFile(spec);
        file.add("plugin pppol2tp.so", "pppol2tp " + SOCKET, "nodetach", "nopersist", "logfd 2", "hide-password");
        file.add("set " + RUN_VARIABLE + "=" + run, "set " + Words.quoted(EVENTS_VARIABLE + "=" + events));
        if (debug) {
            file.add("debug");
        }
        file.link();
        file.proofs();
        file.ipv4();
        file.ipv6();
        file.settings.find(PPPD_OPTIONS).ifPresent(file.lines::addAll);
        return String.join("\n", file.lines) + "\n";
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }

    private void link() {
        add("mtu " + Math.min(settings.get(MTU), spec.mtu()), "mru " + settings.get(MRU));
        if (!spec.interfaceName().isEmpty()) {
            add("ifname " + spec.interfaceName());
        }
        add("noaccomp", "nopcomp", "nobsdcomp", "nodeflate", "nopredictor1");
        encryption();
        add("lcp-max-configure " + settings.get(LCP_MAX_CONFIG_REQUESTS), "lcp-max-failure " + settings.get(LCP_MAX_CONFIG_NAKS),
                "lcp-max-terminate " + settings.get(LCP_MAX_TERMINATE_REQUESTS),
                "lcp-restart " + settings.get(LCP_RETRANSMIT_INTERVAL).toSeconds(),
                "lcp-echo-interval " + settings.get(LCP_ECHO_INTERVAL).toSeconds(),
                "lcp-echo-failure " + settings.get(LCP_ECHO_FAILURE_COUNT), "idle " + spec.idleTimeout().toSeconds());
    }

    private void encryption() {
        if (settings.get(MPPE) == MppeUse.OFF) {
            add("nomppe");
            return;
        }
        List<Integer> bits = settings.get(MPPE_KEY_BITS);
        add(!bits.contains(40) ? "require-mppe-128" : bits.contains(128) ? "require-mppe" : "require-mppe-40");
        add(settings.get(MPPE_STATEFUL) == MppeState.NEVER ? "nomppe-stateful" : "mppe-stateful");
    }

    /** Who must show what to whom; EAP is spoken in neither direction. */
    private void proofs() {
        add("name " + Words.quoted(spec.ourName()), spec.demandsProof() ? "auth" : "noauth", "refuse-eap");
        for (Method method : METHODS) {
            boolean allowed = settings.get(method.allowed());
            if (spec.demandsProof() && allowed) {
                add("require-" + method.word());
            }
            if (!allowed || spec.login().isEmpty()) {
                add("refuse-" + method.word());
            }
        }
        spec.login().ifPresent(login -> add("user " + Words.quoted(login.user()), "password " + Words.quoted(login.password().bytes())));
        add("chap-interval " + settings.get(CHAP_INTERVAL).toSeconds(), "chap-max-challenge " + settings.get(MAX_AUTH_REQUESTS),
                "chap-restart " + settings.get(AUTH_RESTART).toSeconds(), "pap-max-authreq " + settings.get(MAX_AUTH_REQUESTS),
                "pap-restart " + settings.get(AUTH_RESTART).toSeconds());
    }

    private void ipv4() {
        if (!settings.get(IPV4)) {
            add("noip");
            return;
        }
        add("novj", "noipdefault", "nodefaultroute", "ipcp-max-configure " + settings.get(IPCP_MAX_CONFIG_REQUESTS),
                "ipcp-restart " + settings.get(IPCP_RETRANSMIT_INTERVAL).toSeconds());
        if (spec.local().isPresent() || spec.remote().isPresent()) {
            add(text(spec.local()) + ":" + text(spec.remote()));
        }
        if (spec.remote().isEmpty()) { // the peer says where it is, or has no address that matters
            add("ipcp-accept-remote", "noremoteip");
        }
        if (spec.local().isEmpty()) {
            add("ipcp-accept-local");
        }
        addresses(DNS).forEach(server -> add("ms-dns " + server));
        addresses(WINS).forEach(server -> add("ms-wins " + server));
        if (settings.get(ASK_DNS)) {
            add("usepeerdns");
        }
        if (settings.get(PROXY_ARP)) {
            add("proxyarp");
        }
    }

    private void ipv6() {
        if (settings.get(IPV6)) {
            add("+ipv6", "ipv6cp-max-configure " + settings.get(IPCP_MAX_CONFIG_REQUESTS),
                    "ipv6cp-restart " + settings.get(IPCP_RETRANSMIT_INTERVAL).toSeconds());
        } else {
            add("noipv6");
        }
    }

    private List<String> addresses(Parameter<List<InetAddress>> parameter) {
        return settings.find(parameter).orElse(List.of()).stream().filter(Inet4Address.class::isInstance)
                .map(InetAddress::getHostAddress).toList();
    }

    private static String text(Optional<Inet4Address> address) {
        return address.map(InetAddress::getHostAddress).orElse("");
    }
}
