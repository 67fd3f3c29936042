package org.isthmus.ppp;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;

/**
 * The answer to an {@link AddressRequest}. A family that is empty is not run on this link.
 *
 * @param ipv4 addresses for IPCP
 * @param ipv6 identifiers for IPV6CP
 */
public record AddressGrant(Optional<Ipv4> ipv4, Optional<Ipv6> ipv6) {

    /** IPv4 only. */
    public static AddressGrant ofIpv4(Inet4Address local, Inet4Address remote, List<Inet4Address> dns) {
        return new AddressGrant(Optional.of(new Ipv4(local, remote, dns, List.of())), Optional.empty());
    }

    /**
     * Addresses for IPCP.
     *
     * @param local ours
     * @param remote the peer's
     * @param dns servers to give to the peer, at most 2
     * @param nbns NetBIOS name servers to give to the peer, at most 2
     */
    public record Ipv4(Inet4Address local, Inet4Address remote, List<Inet4Address> dns, List<Inet4Address> nbns) {
        public Ipv4 {
            dns = List.copyOf(dns);
            nbns = List.copyOf(nbns);
            if (dns.size() > 2 || nbns.size() > 2) {
                throw new IllegalArgumentException("IPCP carries at most 2 DNS and 2 NetBIOS name servers");
            }
        }
    }

    /**
     * Identifiers for IPV6CP; 0 has the meanings of {@link Ipv6Config}.
     *
     * @param localInterfaceId ours
     * @param remoteInterfaceId the peer's
     */
    public record Ipv6(long localInterfaceId, long remoteInterfaceId) {
    }
}
