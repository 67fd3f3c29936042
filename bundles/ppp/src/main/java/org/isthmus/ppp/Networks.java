package org.isthmus.ppp;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.isthmus.ppp.CloseReason.Cause;
import org.isthmus.ppp.ncp.Ipcp;
import org.isthmus.ppp.ncp.Ipv6cp;
import org.isthmus.ppp.ncp.Ncp;
import org.isthmus.ppp.ncp.NcpOwner;
import org.isthmus.ppp.negotiation.ControlPacket;
import org.isthmus.ppp.negotiation.Ending;
import org.isthmus.ppp.negotiation.State;

/** The network phase, RFC 1661 section 3.6: fetches addresses, runs one control protocol per network protocol. */
final class Networks implements NcpOwner {
    /** What the rest of the link is told. */
    interface Owner {
        /** The link has to end. */
        void networkFailed(Cause cause, int protocol, String text);

        /** The peer is to be told that this link does not run the protocol of this packet. */
        void rejectProtocol(int protocol, ByteBuffer information);

        /** The largest packet that may be sent, octets. */
        int mtu();
    }

    private final PppConfig config;
    private final LinkLine line;
    private final PppObserver observer;
    private final Owner owner;

    private final Map<NetworkFamily, Ncp> protocols = new EnumMap<>(NetworkFamily.class);
    private final Map<NetworkFamily, Network> open = new EnumMap<>(NetworkFamily.class);
    private final Map<NetworkFamily, ControlPacket> early = new EnumMap<>(NetworkFamily.class);
    private final Map<NetworkFamily, String> endings = new EnumMap<>(NetworkFamily.class);
    private AddressRequest request;
    private long requestDeadline = Long.MAX_VALUE;

    Networks(PppConfig config, LinkLine line, PppObserver observer, Owner owner) {
        this.config = config;
        this.line = line;
        this.observer = observer;
        this.owner = owner;
    }

    /** Authentication is done: go for it. */
    void start(String userName) {
        if (config.addressesOnDemand()) {
            request = new AddressRequest(userName, config.ipv4().enabled(), config.ipv6().enabled());
            long timeout = config.auth().timers().timeout().toMillis();
            requestDeadline = timeout == 0 ? Long.MAX_VALUE : line.now() + timeout;
            observer.addressesNeeded(request);
        } else {
            run(config.ipv4(), config.ipv6());
        }
    }

    /** LCP is no longer open. */
    void stop() {
        endRequest();
        early.clear();
        endings.clear();
        protocols.values().forEach(ncp -> ncp.automaton().down());
        protocols.clear();
    }

    private void endRequest() {
        request = null;
        requestDeadline = Long.MAX_VALUE;
    }

    void given(AddressRequest answered, AddressGrant grant) {
        if (request == null || answered != request) {
            return;
        }
        endRequest();
        Ipv4Config ipv4 = grant.ipv4().filter(g -> config.ipv4().enabled())
                .map(g -> new Ipv4Config(true, Optional.of(g.local()), true, Optional.of(g.remote()), g.dns(),
                        g.nbns(), false, false, config.ipv4().retry()))
                .orElse(Ipv4Config.OFF);
        Ipv6Config ipv6 = grant.ipv6().filter(g -> config.ipv6().enabled())
                .map(g -> new Ipv6Config(true, g.localInterfaceId(), g.remoteInterfaceId(), config.ipv6().retry()))
                .orElse(Ipv6Config.OFF);
        run(ipv4, ipv6);
    }

    void refused(AddressRequest answered, String why) {
        if (request != null && answered == request) {
            endRequest();
            owner.networkFailed(Cause.NO_ADDRESS, 0, "no address for user '" + answered.userName() + "': " + why);
        }
    }

    /** Begins with those open that were open before; nobody is asked for addresses. */
    void restore(Optional<Network.Ipv4> ipv4, Optional<Network.Ipv6> ipv6) {
        ipv4.ifPresent(up -> protocols.put(NetworkFamily.IPV4, new Ipcp(new Ipv4Config(true, Optional.of(up.local()),
                true, Optional.of(up.remote()), up.dns(), up.nbns(), false, false, config.ipv4().retry()), line, this)));
        ipv6.ifPresent(up -> protocols.put(NetworkFamily.IPV6, new Ipv6cp(new Ipv6Config(true,
                up.localInterfaceId(), up.remoteInterfaceId(), config.ipv6().retry()), line, this)));
        List.copyOf(protocols.values()).forEach(Ncp::adopt);
    }

    private void run(Ipv4Config ipv4, Ipv6Config ipv6) {
        if (ipv4.enabled()) {
            protocols.put(NetworkFamily.IPV4, new Ipcp(ipv4, line, this));
        }
        if (ipv6.enabled()) {
            protocols.put(NetworkFamily.IPV6, new Ipv6cp(ipv6, line, this));
        }
        if (protocols.isEmpty()) {
            owner.networkFailed(Cause.NO_NETWORK_PROTOCOL, 0, "neither IPv4 nor IPv6 is enabled for this link");
            return;
        }
        for (Ncp ncp : protocols.values()) {
            ncp.automaton().open();
            ncp.automaton().up();
        }
        for (NetworkFamily family : NetworkFamily.values()) {
            ControlPacket packet = early.remove(family);
            if (packet != null && !receive(family, packet)) {
                owner.rejectProtocol(family.controlProtocol(), ByteBuffer.wrap(packet.quote(Integer.MAX_VALUE)));
            }
        }
    }

    /** Keeps a request of the peer that came before this link begins, so that it need not say it again. */
    void keep(NetworkFamily family, ControlPacket packet) {
        boolean wanted = family == NetworkFamily.IPV4 ? config.ipv4().enabled() : config.ipv6().enabled();
        if (wanted && packet.code() == ControlPacket.CONFIGURE_REQUEST) {
            early.put(family, new ControlPacket(packet.code(), packet.identifier(), ByteBuffer.wrap(packet.bytes())));
        } else {
            line.count(PppCounter.RX_OUT_OF_PHASE);
        }
    }

    /**
     * A packet of a network control protocol in the network phase. While addresses are fetched, the last request of
     * the peer is kept, so that it need not say it again.
     *
     * @return false if this link does not run the protocol
     */
    boolean receive(NetworkFamily family, ControlPacket packet) {
        if (request != null) {
            boolean wanted = family == NetworkFamily.IPV4 ? request.ipv4() : request.ipv6();
            if (wanted && packet.code() == ControlPacket.CONFIGURE_REQUEST) {
                early.put(family, new ControlPacket(packet.code(), packet.identifier(),
                        ByteBuffer.wrap(packet.bytes())));
            } else if (wanted) {
                line.count(PppCounter.RX_OUT_OF_PHASE);
            }
            return wanted;
        }
        Ncp ncp = protocols.get(family);
        if (ncp == null) {
            return false;
        }
        ncp.automaton().receive(packet);
        return true;
    }

    /** The peer does not speak a control protocol, or takes no packets of its network protocol. */
    void rejected(NetworkFamily family) {
        Ncp ncp = protocols.get(family);
        if (ncp != null) {
            ncp.automaton().rejected();
        }
    }

    @Override
    public void ncpUp(Network network) {
        open.put(network.family(), network);
        observer.networkUp(network);
    }

    @Override
    public void ncpUnusable(NetworkFamily family) {
        Ncp ncp = protocols.get(family);
        line.later(() -> ncp.automaton().close("no usable address"));
    }

    @Override
    public void ncpDown(NetworkFamily family) {
        if (open.remove(family) != null) {
            observer.networkDown(family);
        }
    }

    @Override
    public void ncpFinished(NetworkFamily family, Ending ending, String detail) {
        String name = PppProtocol.name(family.controlProtocol());
        endings.put(family, name + ": " + (detail.isEmpty() ? ending.text() : detail));
        boolean anyLeft = protocols.values().stream()
                .map(ncp -> ncp.automaton().state())
                .anyMatch(state -> state != State.CLOSED && state != State.STOPPED);
        if (!anyLeft) {
            owner.networkFailed(Cause.NO_NETWORK_PROTOCOL, family.controlProtocol(),
                    "no network protocol is left (" + String.join("; ", endings.values()) + ")");
        }
    }

    @Override
    public int mtu() {
        return owner.mtu();
    }

    Optional<Network> open(NetworkFamily family) {
        return Optional.ofNullable(open.get(family));
    }

    /** The state of a family's control protocol. */
    State state(NetworkFamily family) {
        Ncp ncp = protocols.get(family);
        return ncp == null ? State.INITIAL : ncp.automaton().state();
    }

    long deadline() {
        long next = requestDeadline;
        for (Ncp ncp : protocols.values()) {
            next = Math.min(next, ncp.automaton().deadline());
        }
        return next;
    }

    void expire(long now) {
        if (requestDeadline <= now) {
            refused(request, "nobody answered within " + config.auth().timers().timeout().toMillis() + " ms");
        }
        for (NetworkFamily family : NetworkFamily.values()) {
            Ncp ncp = protocols.get(family);
            if (ncp != null && ncp.automaton().deadline() <= now) {
                ncp.automaton().expire();
            }
        }
    }
}
