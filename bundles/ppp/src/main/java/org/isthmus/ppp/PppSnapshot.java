package org.isthmus.ppp;

import java.util.Optional;
import org.isthmus.ppp.auth.AuthenticationProtocol;

/**
 * What both ends of a link on which packets pass have agreed on: what has to be kept to go on with it after a failure, with
 * {@link PppLink#restore}.
 *
 * @param localMru     the MRU that holds for what we receive, octets
 * @param peerMru      the MRU that holds for what the peer receives, octets
 * @param localMagic   our magic number, 0 for none
 * @param peerMagic    the peer's magic number, 0 for none
 * @param peerProvedBy how the peer proved itself
 * @param peerName     the name that the peer proved, empty if none
 * @param weProvedBy   how we proved ourselves
 * @param ipv4         what IPCP agreed on, if it is open
 * @param ipv6         what IPV6CP agreed on, if it is open
 */
public record PppSnapshot(int localMru, int peerMru, int localMagic, int peerMagic,
        Optional<AuthenticationProtocol> peerProvedBy, String peerName, Optional<AuthenticationProtocol> weProvedBy,
        Optional<Network.Ipv4> ipv4, Optional<Network.Ipv6> ipv6) {
}
