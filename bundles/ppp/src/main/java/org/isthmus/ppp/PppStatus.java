package org.isthmus.ppp;

import java.util.Optional;
import org.isthmus.ppp.auth.AuthenticationProtocol;

/**
 * A link's state for people, immutable.
 *
 * @param phase the phase
 * @param lcp state of LCP as RFC 1661 section 4.2 names it
 * @param ipcp state of IPCP
 * @param ipv6cp state of IPV6CP
 * @param localMru the MRU that holds for what we receive, octets
 * @param peerMru the MRU that holds for what the peer receives, octets
 * @param localMagic our magic number, 0 for none
 * @param peerMagic the peer's magic number, 0 for none
 * @param peerProvedBy how the peer has to prove, or proved, itself
 * @param peerName the name that the peer proved, empty if none
 * @param weProvedBy how we have to prove, or proved, ourselves
 * @param peerIdentification the text of the peer's last LCP Identification (RFC 1570), empty if none
 * @param ipv4 what IPCP agreed on, while it is open
 * @param ipv6 what IPV6CP agreed on, while it is open
 * @param echoesSent Echo-Requests sent
 * @param echoesAnswered Echo-Requests that were answered
 * @param echoesOutstanding Echo-Requests since the last answer
 * @param echoRoundTripMillis the time that the last answered one took, -1 before the first
 */
public record PppStatus(PppPhase phase, String lcp, String ipcp, String ipv6cp, int localMru, int peerMru,
        int localMagic, int peerMagic, Optional<AuthenticationProtocol> peerProvedBy, String peerName,
        Optional<AuthenticationProtocol> weProvedBy, String peerIdentification, Optional<Network.Ipv4> ipv4,
        Optional<Network.Ipv6> ipv6, long echoesSent, long echoesAnswered, int echoesOutstanding,
        long echoRoundTripMillis) {
}
