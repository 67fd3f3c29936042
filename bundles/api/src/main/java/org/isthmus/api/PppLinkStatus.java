package org.isthmus.api;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The PPP of a session as it stands. Immutable.
 *
 * @param phase         dead, establish, authenticate, network or terminate (RFC 1661 section 3.2)
 * @param userName      the user that was or is being authenticated, whichever end it is; or empty
 * @param authProtocol  pap, chap, mschapv1, mschapv2 or none; empty where it is not known
 * @param localAddress  our IPv4 address
 * @param remoteAddress the peer's IPv4 address
 * @param localIpv6     our link-local address
 * @param remoteIpv6    the peer's link-local address
 * @param dns           name servers given or received
 * @param mtu           the largest packet that we send, in bytes
 * @param mru           the largest packet that the peer may send, in bytes
 * @param bundle        the bundle that the link is one of; its addresses are those above
 * @param encryption    how packets are encrypted, such as {@code MPPE 128 bits stateless}; empty if they are not
 */
public record PppLinkStatus(String phase, String userName, String authProtocol, Optional<InetAddress> localAddress,
        Optional<InetAddress> remoteAddress, Optional<InetAddress> localIpv6, Optional<InetAddress> remoteIpv6,
        List<InetAddress> dns, int mtu, int mru, Optional<BundleStatus> bundle,
        String encryption) {
    public PppLinkStatus {
        dns = List.copyOf(dns);
    }

    /** One that is in no bundle and whose packets pass as they are. */
    public PppLinkStatus(String phase, String userName, String authProtocol, Optional<InetAddress> localAddress,
            Optional<InetAddress> remoteAddress, Optional<InetAddress> localIpv6, Optional<InetAddress> remoteIpv6,
            List<InetAddress> dns, int mtu, int mru) {
        this(phase, userName, authProtocol, localAddress, remoteAddress, localIpv6, remoteIpv6, dns, mtu, mru, Optional.empty(), "");
    }
}
