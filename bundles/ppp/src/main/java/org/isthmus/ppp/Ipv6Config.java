package org.isthmus.ppp;

/**
 * What IPV6CP wishes for, RFC 5072 section 4.1. An interface identifier is the lower half of a link-local address.
 *
 * @param enabled negotiate IPv6 at all
 * @param localInterfaceId ours; 0: a random one
 * @param remoteInterfaceId the one to give to the peer; 0: the one it names, or a random one when it names none
 * @param retry counts and interval
 */
public record Ipv6Config(boolean enabled, long localInterfaceId, long remoteInterfaceId, Retry retry) {
    /** No IPv6. */
    public static final Ipv6Config OFF = new Ipv6Config(false, 0, 0, Retry.DEFAULT);
    /** IPv6 with random identifiers. */
    public static final Ipv6Config ON = new Ipv6Config(true, 0, 0, Retry.DEFAULT);
}
