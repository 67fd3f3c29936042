package org.isthmus.core.engine;

import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.ppp.Network;

/** From what PPP agreed on to what the data plane is told of the network. */
final class NetworkSpecs {
    private NetworkSpecs() {
    }

    static NetworkSpec of(Optional<Network.Ipv4> ipv4, Optional<Network.Ipv6> ipv6, Settings ppp) {
        int mtu = Math.min(ipv4.map(Network.Ipv4::mtu).orElse(Integer.MAX_VALUE), ipv6.map(Network.Ipv6::mtu).orElse(Integer.MAX_VALUE));
        return new NetworkSpec(ipv4.map(Network.Ipv4::local), ipv4.map(Network.Ipv4::remote),
                ipv6.map(up -> LinkLocal.of(up.localInterfaceId())), ipv6.map(up -> LinkLocal.of(up.remoteInterfaceId())), mtu,
                ppp.find(PppParameters.ROUTES).orElse(List.of()), ppp.get(PppParameters.DEFAULT_ROUTE));
    }
}
