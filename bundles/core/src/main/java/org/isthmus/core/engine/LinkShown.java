package org.isthmus.core.engine;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.isthmus.api.BundleStatus;
import org.isthmus.api.PppLinkStatus;
import org.isthmus.ppp.Network;
import org.isthmus.ppp.PppStatus;
import org.isthmus.ppp.mppe.Encryption;

/** A link of our own PPP as people see it. */
final class LinkShown {
    private LinkShown() {
    }

    /**
     * @param ipv4   what is up, on the link or on its bundle
     * @param mtu    the largest packet that we send, in bytes
     */
    static PppLinkStatus of(PppStatus link, String userName, Optional<Network.Ipv4> ipv4, Optional<Network.Ipv6> ipv6, int mtu,
            Optional<BundleStatus> bundle, Optional<Encryption> encryption) {
        return new PppLinkStatus(link.phase().name().toLowerCase(Locale.ROOT), userName,
                link.peerProvedBy().or(link::weProvedBy).map(Attempts::word).orElse("none"), ipv4.map(Network.Ipv4::local),
                ipv4.map(Network.Ipv4::remote), ipv6.map(up -> LinkLocal.of(up.localInterfaceId())),
                ipv6.map(up -> LinkLocal.of(up.remoteInterfaceId())), ipv4.map(up -> List.<InetAddress>copyOf(up.dns())).orElse(List.of()),
                mtu, link.localMru(), bundle, encryption.map(Encryption::words).orElse(""));
    }
}
