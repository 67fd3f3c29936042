package org.isthmus.ppp;

import java.net.Inet4Address;
import java.util.List;

/** What a network protocol agreed on when it opened. */
public sealed interface Network {

    /** Which one it is. */
    NetworkFamily family();

    /** The largest packet that may be sent to the peer, in octets: our MTU or the peer's MRU, the smaller. */
    int mtu();

    /**
     * IPv4 is up.
     *
     * @param local our address
     * @param remote the peer's address; 0.0.0.0 when it named none and none was given
     * @param dns the servers that the peer named to us (client), or that we gave (server)
     * @param nbns the NetBIOS name servers, in the same way
     */
    record Ipv4(Inet4Address local, Inet4Address remote, List<Inet4Address> dns, List<Inet4Address> nbns, int mtu)
            implements Network {
        public Ipv4 {
            dns = List.copyOf(dns);
            nbns = List.copyOf(nbns);
        }

        @Override
        public NetworkFamily family() {
            return NetworkFamily.IPV4;
        }
    }

    /**
     * IPv6 is up.
     *
     * @param localInterfaceId ours
     * @param remoteInterfaceId the peer's; 0 when it named none
     */
    record Ipv6(long localInterfaceId, long remoteInterfaceId, int mtu) implements Network {
        @Override
        public NetworkFamily family() {
            return NetworkFamily.IPV6;
        }
    }
}
