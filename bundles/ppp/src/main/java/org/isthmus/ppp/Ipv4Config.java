package org.isthmus.ppp;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;

/**
 * What IPCP wishes for, RFC 1332 and 1877. As a server that lends addresses, set {@link PppConfig#addressesOnDemand};
 * the addresses of the {@link AddressGrant} then stand in for those given here.
 *
 * @param enabled negotiate IPv4 at all
 * @param local our own address; empty: the peer is to give us one
 * @param insistOnLocal refuse another address than local
 * @param remote the peer's address; empty: whatever it names
 * @param dns servers to give to the peer, at most 2
 * @param nbns NetBIOS name servers to give to the peer, at most 2
 * @param askDns ask the peer for DNS servers
 * @param askNbns ask the peer for NetBIOS name servers
 * @param retry counts and interval ({@code ipcp_…})
 */
public record Ipv4Config(boolean enabled, Optional<Inet4Address> local, boolean insistOnLocal,
        Optional<Inet4Address> remote, List<Inet4Address> dns, List<Inet4Address> nbns, boolean askDns,
        boolean askNbns, Retry retry) {
    /** No IPv4. */
    public static final Ipv4Config OFF = new Ipv4Config(false, Optional.empty(), false, Optional.empty(), List.of(),
            List.of(), false, false, Retry.DEFAULT);
    /** Takes what the peer gives, and asks for DNS servers. */
    public static final Ipv4Config CLIENT = new Ipv4Config(true, Optional.empty(), false, Optional.empty(), List.of(),
            List.of(), true, false, Retry.DEFAULT);
    /** Gives what {@link AddressGrant} says. */
    public static final Ipv4Config SERVER = new Ipv4Config(true, Optional.empty(), true, Optional.empty(), List.of(),
            List.of(), false, false, Retry.DEFAULT);

    public Ipv4Config {
        dns = List.copyOf(dns);
        nbns = List.copyOf(nbns);
        if (dns.size() > 2 || nbns.size() > 2) {
            throw new IllegalArgumentException("IPCP carries at most 2 DNS and 2 NetBIOS name servers");
        }
    }

    /** Two fixed addresses, on which we insist. */
    public static Ipv4Config fixed(Inet4Address local, Inet4Address remote) {
        return new Ipv4Config(true, Optional.of(local), true, Optional.of(remote), List.of(), List.of(), false, false,
                Retry.DEFAULT);
    }
}
