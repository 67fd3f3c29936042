package org.isthmus.ppp;

/**
 * Everything one link is told beforehand. Immutable; one instance may serve any number of links.
 *
 * @param link LCP and its watch over the link
 * @param auth who must prove what to whom
 * @param addressesOnDemand ask {@link PppObserver#addressesNeeded} after authentication and start no network protocol
 *        before the answer (a server); else the addresses of ipv4 and ipv6 are used as they stand (a client)
 * @param ipv4 IPCP
 * @param ipv6 IPV6CP
 * @param mppe encryption
 */
public record PppConfig(LinkConfig link, AuthConfig auth, boolean addressesOnDemand, Ipv4Config ipv4,
        Ipv6Config ipv6, MppeConfig mppe) {

    /** Without encryption. */
    public PppConfig(LinkConfig link, AuthConfig auth, boolean addressesOnDemand, Ipv4Config ipv4, Ipv6Config ipv6) {
        this(link, auth, addressesOnDemand, ipv4, ipv6, MppeConfig.OFF);
    }

    /** A client that shows these credentials and takes the addresses that it is given. */
    public static PppConfig client(AuthConfig.Credentials credentials) {
        return new PppConfig(LinkConfig.DEFAULT, AuthConfig.present(credentials), false, Ipv4Config.CLIENT,
                Ipv6Config.OFF);
    }

    /** A server that demands authentication and lends addresses. */
    public static PppConfig server(AuthConfig auth) {
        return new PppConfig(LinkConfig.DEFAULT, auth, true, Ipv4Config.SERVER, Ipv6Config.OFF);
    }

    /** The same with another link part. */
    public PppConfig withLink(LinkConfig newLink) {
        return new PppConfig(newLink, auth, addressesOnDemand, ipv4, ipv6, mppe);
    }

    /** The same with another authentication part. */
    public PppConfig withAuth(AuthConfig newAuth) {
        return new PppConfig(link, newAuth, addressesOnDemand, ipv4, ipv6, mppe);
    }

    /** The same with another IPv4 part. */
    public PppConfig withIpv4(Ipv4Config newIpv4) {
        return new PppConfig(link, auth, addressesOnDemand, newIpv4, ipv6, mppe);
    }

    /** The same with another IPv6 part. */
    public PppConfig withIpv6(Ipv6Config newIpv6) {
        return new PppConfig(link, auth, addressesOnDemand, ipv4, newIpv6, mppe);
    }

    /** The same with other encryption. */
    public PppConfig withMppe(MppeConfig newMppe) {
        return new PppConfig(link, auth, addressesOnDemand, ipv4, ipv6, newMppe);
    }
}
