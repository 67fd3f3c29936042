package org.isthmus.dataplane.kernel;

import org.isthmus.api.dataplane.BridgePort;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.EthernetPseudowire;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.VlanPseudowire;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.l2tp.KernelSession;
import org.isthmus.linux.l2tp.SessionInfo;
import org.isthmus.linux.netlink.Link;
import org.isthmus.linux.netlink.NetlinkRequest;
import org.isthmus.linux.netlink.RouteRequests;
import org.isthmus.linux.netlink.RouteSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A session that carries Ethernet: the kernel makes its interface. For a VLAN there is a second interface on top, of that VLAN, which has the
 * name, the address and the bridge: the one below has the frames as they are on the way, tagged.
 */
final class EthernetSession extends L2tpSession {

    private static final Logger LOG = LoggerFactory.getLogger(EthernetSession.class);

    private final boolean isVlan;
    private final int vlanId;
    private final String bridge;
    private final BridgePort bridgePort;
    private final long mac;
    /** Both 0 before the interfaces are there. For the system's thread. */
    private int lowerIndex;
    private int index;
    private volatile String interfaceName = "";
    /** For the worker. */
    private boolean held;

    EthernetSession(L2tpTunnel tunnel, SessionSpec spec, SessionPort port) {
        super(tunnel, spec, port);
        if (spec.pseudowire() instanceof VlanPseudowire vlan) {
            isVlan = true;
            vlanId = vlan.vlanId();
            bridge = vlan.bridge();
            bridgePort = vlan.port();
            mac = vlan.mac();
        } else {
            EthernetPseudowire ethernet = (EthernetPseudowire) spec.pseudowire();
            isVlan = false;
            vlanId = 0;
            bridge = ethernet.bridge();
            bridgePort = ethernet.port();
            mac = ethernet.mac();
        }
    }

    @Override
    KernelSession.Pseudowire pseudowire() {
        return KernelSession.Pseudowire.ETHERNET;
    }

    @Override
    String kernelName() {
        return isVlan ? "" : spec.interfaceName();
    }

    @Override
    boolean takeLeft() {
        return true; // there is nothing but the kernel's
    }

    @Override
    void begin(KernelSession made, boolean left) throws LinuxException {
        RouteSocket routes = system.thread().routes();
        String name = system.generic().get(system.l2tp().getSession(tunnelId(), sessionId()), system.l2tp()::sessionInfo)
                .map(SessionInfo::interfaceName).orElse("");
        lowerIndex = link(routes, name).index();
        index = lowerIndex;
        if (isVlan) {
            routes.execute(RouteRequests.setMtu(lowerIndex, spec.mtu()));
            routes.executeAll(List.of(RouteRequests.withoutAutomaticAddress(lowerIndex))); // refused where there is no IPv6
            routes.execute(RouteRequests.setUp(lowerIndex, true));
            name = spec.interfaceName().isEmpty() ? name + "." + vlanId : spec.interfaceName();
            if (!left || routes.link(name).isEmpty()) {
                routes.execute(RouteRequests.addVlan(name, lowerIndex, vlanId));
            }
            index = link(routes, name).index();
        }
        if (mac != 0 && !left) {
            routes.execute(RouteRequests.setHardwareAddress(index, mac));
        }
        routes.execute(RouteRequests.setMtu(index, spec.mtu()));
        if (!bridge.isEmpty()) {
            system.bridges().join(routes, index, bridge, bridgePort.isolated(), bridgePort.temporary());
        }
        routes.execute(RouteRequests.setUp(index, true));
        interfaceName = name;
        system.circuits().add(index, port::tellCircuit);
    }

    private Link link(RouteSocket routes, String name) throws LinuxException {
        return routes.link(name).orElseThrow(() -> new IllegalStateException(this + ": its interface \"" + name + "\" is gone"));
    }

    /** The interfaces go with the kernel's session, the one of the VLAN with that below. */
    @Override
    boolean end() {
        interfaceName = "";
        system.circuits().remove(index);
        try {
            system.bridges().leave(system.thread().routes(), index);
        } catch (LinuxException refused) {
            LOG.warn("The bridge {} stays, though its last session has gone: {}", bridge, refused.getMessage());
        }
        return true;
    }

    /** The interfaces stay with the kernel's session, which stays with the tunnel's socket. */
    @Override
    void leaveTo(Succession succession) {
        system.circuits().remove(index);
    }

    /** Frames that came before the session was there: Ethernet has to do with losses. */
    @Override
    void received(ByteBuffer packet, int from, int to) {
    }

    @Override
    int overhead() {
        return SessionTerms.headerBytes(tunnel.spec(), spec);
    }

    /** The kernel's interface has no carrier that could be taken from it: it is dormant instead, which a VLAN on top of it follows. */
    @Override
    public void hold(boolean held) {
        if (held != this.held) {
            this.held = held;
            change(() -> List.of(RouteRequests.setDormant(lowerIndex, held),
                    held ? RouteRequests.dropAll(lowerIndex) : RouteRequests.dropNothing(lowerIndex)));
        }
    }

    @Override
    public void mtu(int mtu) {
        int largest = Math.min(mtu, spec.mtu());
        change(() -> isVlan ? List.of(RouteRequests.setMtu(lowerIndex, largest), RouteRequests.setMtu(index, largest))
                : List.of(RouteRequests.setMtu(index, largest)));
    }

    /** The changes are asked for when it is their turn: by then the interfaces are there. */
    private void change(Supplier<List<NetlinkRequest>> changes) {
        system.thread().run(() -> {
            if (closed) {
                return;
            }
            try {
                system.thread().routes().executeAll(changes.get()).forEach(refused ->
                        LOG.warn("{} stays as it was: {}", this, refused.cause().getMessage()));
            } catch (LinuxException refused) {
                LOG.warn("{} stays as it was: {}", this, refused.getMessage());
            }
        });
    }

    @Override
    public String interfaceName() {
        return interfaceName;
    }

    /** There is no PPP here. */
    @Override
    public void sendPpp(ByteBuffer frame) {
        LOG.debug("{} carries Ethernet, no PPP", this);
    }

    @Override
    public CompletionStage<Void> networkUp(NetworkSpec network) {
        return CompletableFuture.failedFuture(new DataplaneException(this + " carries Ethernet: its addresses are not PPP's to set"));
    }

    @Override
    public void networkDown() {
    }

    @Override
    public void passTo(SessionPath other) {
        if (other != null) {
            throw new IllegalArgumentException(this + " carries Ethernet, which is passed on by a bridge");
        }
    }
}
