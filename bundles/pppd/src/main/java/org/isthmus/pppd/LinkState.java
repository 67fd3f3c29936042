package org.isthmus.pppd;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.config.MppeUse;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.ppp.PppSpec;

/** What is known of a session's PPP from pppd's events. */
final class LinkState {
    private final PppSpec spec;
    private String user;
    private String interfaceName = "";
    private Optional<InetAddress> local = Optional.empty();
    private Optional<InetAddress> remote = Optional.empty();
    private Optional<InetAddress> localIpv6 = Optional.empty();
    private Optional<InetAddress> remoteIpv6 = Optional.empty();
    private List<InetAddress> dns = List.of();

    LinkState(PppSpec spec) {
        this.spec = spec;
        this.user = spec.login().map(PppSpec.Login::user).orElse("");
    }

    void happened(PppEvent event) {
        interfaceName = event.interfaceName();
        if (!event.peerName().isEmpty()) {
            user = event.peerName();
        }
        switch (event.kind()) {
            case IP_UP -> {
                local = address(event.local());
                remote = address(event.remote());
                dns = Stream.of(event.dns1(), event.dns2()).map(LinkState::address).flatMap(Optional::stream).toList();
            }
            case IP_DOWN -> {
                local = Optional.empty();
                remote = Optional.empty();
            }
            case IPV6_UP -> {
                localIpv6 = address(event.local());
                remoteIpv6 = address(event.remote());
            }
            case IPV6_DOWN -> {
                localIpv6 = Optional.empty();
                remoteIpv6 = Optional.empty();
            }
        }
    }

    boolean isUp() {
        return local.isPresent() || localIpv6.isPresent();
    }

    boolean hasIpv4() {
        return local.isPresent();
    }

    boolean hasIpv6() {
        return localIpv6.isPresent();
    }

    String interfaceName() {
        return interfaceName;
    }

    /** @param mtu of the interface, in bytes, 0 before there is one */
    PppLinkStatus status(int mtu) {
        List<InetAddress> servers = new ArrayList<>(dns);
        if (servers.isEmpty() && spec.remote().isPresent()) {
            servers.addAll(spec.settings().find(PppParameters.DNS).orElse(List.of()));
        }
        String proof = spec.demandsProof() || spec.login().isPresent() ? "" : "none";
        return new PppLinkStatus(isUp() ? "network" : "establish", user, proof, local, remote, localIpv6, remoteIpv6, servers, mtu,
                spec.settings().get(PppParameters.MRU), Optional.empty(),
                isUp() && spec.settings().get(PppParameters.MPPE) == MppeUse.REQUIRE ? "MPPE" : "");
    }

    private static Optional<InetAddress> address(String text) {
        if (!text.matches("[0-9a-fA-F:.]{2,45}")) {
            return Optional.empty(); // no name to be looked up
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }
}
