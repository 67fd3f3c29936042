package org.isthmus.core.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.isthmus.protocol.tunnel.TunnelConfigBuilder;

/** A host that sends what a test wants, whoever's address it takes, and keeps what comes back. */
final class Stranger {
    private final World world;
    private final InetSocketAddress address;
    private final List<Long> receivedAt = new ArrayList<>();
    private final List<byte[]> received = new ArrayList<>();
    private InetSocketAddress lastSender;

    Stranger(World world, String address, int port) {
        this.world = world;
        this.address = new InetSocketAddress(Appliance.address(address), port);
        world.attach(this.address.getAddress(), (from, to, datagram) -> {
            receivedAt.add(world.now());
            received.add(datagram);
            lastSender = from;
        });
    }

    void send(InetAddress to, byte[] datagram) {
        world.send(address, new InetSocketAddress(to, 1701), ByteBuffer.wrap(datagram));
    }

    /** Sends something to whoever sent last. */
    void answer(ByteBuffer datagram) {
        world.send(address, lastSender, datagram);
    }

    List<byte[]> received() {
        return received;
    }

    List<Long> receivedAt() {
        return receivedAt;
    }

    int bytesReceived() {
        return received.stream().mapToInt(datagram -> datagram.length).sum();
    }

    /** An SCCRQ as a plain peer sends it. */
    static byte[] sccrq(int tunnelId, String hostName) {
        return sccrq(TunnelConfig.builder().localTunnelId(tunnelId).hostName(hostName));
    }

    static byte[] sccrq(TunnelConfigBuilder config) {
        List<byte[]> sent = new ArrayList<>();
        DeafObserver catching = datagram -> sent.add(bytes(datagram));
        Tunnel.open(config.build(), catching, new SplittableRandom(1), 0);
        return sent.get(0);
    }

    private static byte[] bytes(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(datagram.position(), bytes);
        return bytes;
    }
}
