package org.isthmus.ppp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.auth.AuthenticationProtocol;

/** Configurations and values that many tests share. */
final class Fixtures {
    static final Inet4Address LOCAL = ip("10.0.0.1");
    static final Inet4Address REMOTE = ip("10.0.0.2");
    static final Inet4Address DNS_1 = ip("192.0.2.53");
    static final Inet4Address DNS_2 = ip("198.51.100.53");
    static final Inet4Address NBNS = ip("192.0.2.137");
    static final AddressGrant GRANT = new AddressGrant(
            Optional.of(new AddressGrant.Ipv4(LOCAL, REMOTE, List.of(DNS_1, DNS_2), List.of(NBNS))),
            Optional.of(new AddressGrant.Ipv6(0x11L, 0x22L)));

    private Fixtures() {
    }

    static Inet4Address ip(String text) {
        try {
            return (Inet4Address) InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static PppConfig client(String user, String password) {
        return PppConfig.client(AuthConfig.Credentials.of(user, password)).withIpv6(Ipv6Config.ON);
    }

    static PppConfig server(AuthenticationProtocol... protocols) {
        return PppConfig.server(AuthConfig.demand("lns", List.of(protocols))).withIpv6(Ipv6Config.ON);
    }

    /** Neither side proves anything; IPv4 only. */
    static PppConfig open(Inet4Address local, Inet4Address remote) {
        return new PppConfig(LinkConfig.DEFAULT, AuthConfig.NONE, false, Ipv4Config.fixed(local, remote),
                Ipv6Config.OFF);
    }
}
