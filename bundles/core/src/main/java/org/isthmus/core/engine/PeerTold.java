package org.isthmus.core.engine;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.core.net.Neighbourhood;
import org.isthmus.ppp.Network;

/** What the rest of the system has been told of a session's PPP peer, by its profile. On the worker's thread. */
final class PeerTold {
    private final Neighbourhood neighbourhood;
    private final String session;
    private final boolean proxyArp;
    private final boolean dns;
    private Optional<Inet4Address> answered = Optional.empty();
    private List<InetAddress> servers = List.of();

    PeerTold(Neighbourhood neighbourhood, String session, Settings ppp) {
        this.neighbourhood = neighbourhood;
        this.session = session;
        this.proxyArp = ppp.get(PppParameters.PROXY_ARP);
        this.dns = ppp.get(PppParameters.ASK_DNS);
    }

    /** Packets pass, or no longer do. */
    void tell(Optional<Network.Ipv4> up) {
        Optional<Inet4Address> peer = proxyArp ? up.map(Network.Ipv4::remote) : Optional.empty();
        if (!peer.equals(answered)) {
            answered.ifPresent(neighbourhood::answerNoLongerFor);
            peer.ifPresent(address -> neighbourhood.answerFor(address, session));
            answered = peer;
        }
        List<InetAddress> told = dns ? up.map(ipv4 -> List.<InetAddress>copyOf(ipv4.dns())).orElse(List.of()) : List.of();
        if (!told.equals(servers)) {
            neighbourhood.nameServers(session, told);
            servers = told;
        }
    }

    void nothing() {
        tell(Optional.empty());
    }
}
