package org.isthmus.dataplane.user;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.api.dataplane.V2Header;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Both ports of the engine, for tests: remembers what the data plane sent to the peer and told the engine. */
class Wire implements TunnelPort, SessionPort {

    final List<String> sent = new ArrayList<>();
    final List<String> frames = new ArrayList<>();
    final List<Boolean> sequencing = new ArrayList<>();
    final List<Boolean> circuit = new ArrayList<>();
    int result;

    @Override
    public int send(ByteBuffer packet, int dscp) {
        sent.add(hex(packet));
        return result;
    }

    @Override
    public void pppFrame(ByteBuffer frame) {
        frames.add(hex(frame));
    }

    @Override
    public void sequencingChanged(boolean sequenced) {
        sequencing.add(sequenced);
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void lost(String why) {
        throw new AssertionError(why);
    }

    @Override
    public void circuitChanged(boolean up) {
        circuit.add(up);
    }

    static TunnelSpec tunnel(int version) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 1701);
        return new TunnelSpec("t1", version, 0x11, 0x21, Encapsulation.UDP, address, address, -1);
    }

    static TunnelSpec v3Tunnel(Encapsulation encapsulation) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", encapsulation == Encapsulation.UDP ? 1701 : 0);
        return new TunnelSpec("t1", 3, 0x11, 0x21, encapsulation, address, address, -1);
    }

    static SessionSpec session(boolean lns) {
        return v2("s1", 0x12, 0x22, lns, false, false, false, 0, false, true, "", 1400, true, true);
    }

    static SessionSpec v2(String name, int id, int peerId, boolean lns, boolean sequenced, boolean required, boolean length,
            int offset, boolean priority, boolean hdlc, String interfaceName, int mtu, boolean clamp, boolean filter) {
        return new SessionSpec(name, id, peerId, lns,
                new Sequencing(sequenced ? DataSequencing.ALL : DataSequencing.NONE, required, 0),
                new V2Header(length, offset, priority), new PppPseudowire(hdlc, clamp, filter), interfaceName, mtu);
    }

    static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static ByteBuffer direct(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
