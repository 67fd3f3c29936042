package org.isthmus.core.engine;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.config.L2tpVersion;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.dataplane.Dataplane.Ability;
import org.isthmus.core.checkpoint.OursCheckpoint;
import org.isthmus.core.checkpoint.PortCheckpoint;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.core.net.PortOptions;
import org.isthmus.core.state.SavedTunnel;
import org.isthmus.core.net.Port;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tunnels of one worker that somebody here asked for, and the UDP ports that they leave from. */
final class LocalTunnels {
    private static final Logger LOG = LoggerFactory.getLogger(LocalTunnels.class);

    private final Worker worker;
    private final Map<String, LocalTunnel> tunnels = new LinkedHashMap<>();
    private final Map<PortKey, PortUse> ports = new HashMap<>();
    private final Map<Port, PortUse> opened = new IdentityHashMap<>();
    private final Map<LiveTunnel, PortUse> users = new IdentityHashMap<>();

    /** What tunnels that share a port have alike; {@code tunnel} is the name of one that shares it with none, else empty. */
    private record PortKey(Encapsulation encapsulation, InetSocketAddress local, PortOptions options, String tunnel) {
    }

    /** A port of our own and how many tunnels use it. */
    private static final class PortUse {
        private final PortKey key;
        private final Port port;
        private int tunnels;

        PortUse(PortKey key, Port port) {
            this.key = key;
            this.port = port;
        }
    }

    LocalTunnels(Worker worker) {
        this.worker = worker;
    }

    void add(Block block) {
        add(block, Optional.empty());
    }

    /** @param before what a process before this one kept of the tunnel */
    void add(Block block, Optional<SavedTunnel> before) {
        LocalTunnel tunnel = new LocalTunnel(worker, block);
        LocalTunnel old = tunnels.put(block.name(), tunnel);
        if (old != null) {
            old.remove("another tunnel of this name was asked for");
        }
        before.ifPresentOrElse(tunnel::recover, tunnel::start);
    }

    /** Goes on with a tunnel that another object had. */
    LocalTunnel resume(Block block, OursCheckpoint before) {
        LocalTunnel tunnel = new LocalTunnel(worker, block);
        tunnels.put(block.name(), tunnel);
        tunnel.resume(before);
        return tunnel;
    }

    /** Goes on with a port that another object opened. */
    void resume(Port port, PortCheckpoint.Ours ours) {
        PortKey key = new PortKey(port.encapsulation(), ours.wanted(), port.options(), ours.tunnel());
        PortUse use = new PortUse(key, port);
        ports.put(key, use);
        opened.put(port, use);
    }

    /** The ports that tunnels of ours leave from, and by what they find them. */
    Map<Port, PortCheckpoint.Ours> openPorts() {
        Map<Port, PortCheckpoint.Ours> all = new IdentityHashMap<>();
        opened.forEach((port, use) -> all.put(port, new PortCheckpoint.Ours(use.key.local(), use.key.tunnel())));
        return all;
    }

    /** Another object has them: nothing is left to close. */
    void park() {
        ports.clear();
        opened.clear();
        users.clear();
        tunnels.clear();
    }

    CompletableFuture<Void> remove(String name, String reason) {
        LocalTunnel tunnel = tunnels.remove(name);
        return tunnel == null ? CompletableFuture.completedFuture(null) : tunnel.remove(reason);
    }

    Optional<LocalTunnel> find(String name) {
        return Optional.ofNullable(tunnels.get(name));
    }

    Collection<LocalTunnel> all() {
        return tunnels.values();
    }

    /** A profile has changed: what takes values from it follows. */
    void resolveAgain() {
        List.copyOf(tunnels.values()).forEach(LocalTunnel::resolveAgain);
    }

    /**
     * The port that a tunnel to a peer leaves from; tunnels share one where their settings allow it.
     *
     * @param name   of the tunnel, whose own the port is where none can be shared
     * @param before the UDP port that it had before a failure, or 0
     * @throws IOException with the address and the reason, if it cannot be opened
     */
    Port port(String name, InetSocketAddress peer, ResolvedTunnel values, int before) throws IOException {
        Settings tunnel = values.settings();
        boolean ip = tunnel.get(TunnelParameters.ENCAP) == Encapsulation.IP;
        // A second socket for IP would get a second copy of every packet: one for each family serves all tunnels.
        InetAddress address = ip ? wildcard(peer.getAddress())
                : tunnel.find(TunnelParameters.LOCAL_ADDRESS).orElse(wildcard(peer.getAddress()));
        InetSocketAddress local = new InetSocketAddress(address, ip ? 0 : tunnel.get(TunnelParameters.LOCAL_PORT));
        Optional<Port> listening = worker.listening().find(tunnel.get(TunnelParameters.ENCAP), local);
        if (listening.isPresent()) {
            return listening.get();
        }
        PortOptions options = ip ? PortOptions.SHARED : new PortOptions(false, tunnel.get(TunnelParameters.USE_UDP_CHECKSUMS));
        PortKey key = new PortKey(tunnel.get(TunnelParameters.ENCAP), local, options,
                !ip && local.getPort() == 0 && isOneTunnelAPort(values) ? name : "");
        PortUse use = ports.get(key);
        if (use == null) {
            use = new PortUse(key, ip ? worker.network().openIp(address) : open(local, before, options));
            ports.put(key, use);
            opened.put(use.port, use);
        }
        return use.port;
    }

    /** Where any port will do, that which the tunnel had before is the best: a peer that has failed too knows no other one. */
    private Port open(InetSocketAddress local, int before, PortOptions options) throws IOException {
        if (local.getPort() == 0 && before != 0) {
            try {
                return worker.network().open(new InetSocketAddress(local.getAddress(), before), options);
            } catch (IOException taken) {
                LOG.debug("UDP port {} cannot be had again: {}", before, taken.getMessage());
            }
        }
        return worker.network().open(local, options);
    }

    /** Whether its data plane would mix up tunnels between the same two ports. */
    private boolean isOneTunnelAPort(ResolvedTunnel values) {
        ProtocolVersion version = values.version() == L2tpVersion.L2TPV2 ? ProtocolVersion.V2 : ProtocolVersion.V3;
        return worker.engine().dataplanes().of(values.settings(), worker.engine().system(), version, Encapsulation.UDP).stream()
                .anyMatch(dataplane -> dataplane.abilities().contains(Ability.SOCKET_PER_TUNNEL));
    }

    /** A tunnel leaves from this port from now on. */
    void use(Port port, LiveTunnel tunnel) {
        PortUse use = opened.get(port);
        if (use != null) { // a port where peers are heard is not ours to close
            use.tunnels++;
            users.put(tunnel, use);
        }
    }

    /** A tunnel is over and needs its port no more; the last one closes it. */
    void finished(LiveTunnel tunnel) {
        PortUse use = users.remove(tunnel);
        if (use != null && --use.tunnels == 0) {
            ports.remove(use.key);
            opened.remove(use.port);
            use.port.close();
        }
    }

    /** Forgets all, so that none comes back; their peers are told by whoever closes the live ones. */
    void removeAll() {
        tunnels.values().forEach(LocalTunnel::forget);
        tunnels.clear();
    }

    void closePorts() {
        ports.values().forEach(use -> use.port.close());
        ports.clear();
        opened.clear();
        users.clear();
    }

    /** The wildcard address of an address's family. */
    static InetAddress wildcard(InetAddress address) {
        try {
            return InetAddress.getByAddress(new byte[address instanceof Inet6Address ? 16 : 4]);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes are an address", impossible);
        }
    }
}
