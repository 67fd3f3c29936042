package org.isthmus.dataplane.user;

import com.code_intelligence.jazzer.junit.FuzzTest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.protocol.wire.DatagramKind;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.junit.jupiter.api.Tag;

import java.nio.ByteBuffer;

/** Whatever a peer sends as data, nothing is thrown, and the packet is counted exactly once. */
class DataPacketFuzzTest {

    @Tag("fuzz")
    @FuzzTest(maxDuration = "30s")
    void anyDataPacket(byte[] bytes) {
        receive(bytes);
    }

    @Property(tries = 2_000)
    void anyBytes(@ForAll @Size(max = 80) byte[] bytes) {
        receive(bytes);
    }

    /** The id of the session comes from a byte of the packet, so that most packets reach one. */
    private static void receive(byte[] bytes) {
        Wire wire = new Wire();
        UserTunnel tunnel = new UserTunnel(Wire.tunnel(2), wire, new NoNetwork(), () -> ByteBuffer.allocateDirect(64), ReorderPlaces.budget(), new ParkedTunnels(new NoNetwork()));
        ByteBuffer packet = ByteBuffer.wrap(bytes.clone());
        DataHeader header = new DataHeader();
        boolean readable = header.parse(packet) == DatagramKind.DATA;
        SessionPath session = tunnel.openSession(
                Wire.v2("s", readable ? header.sessionId() : 1, 1, bytes.length % 2 == 0, false, bytes.length % 3 == 0, true, 3, true, true,
                        "", 1400, true, true), wire).toCompletableFuture().join();
        if (readable && bytes.length > 8) {
            // Half of the packets are made to be for this tunnel.
            int at = (bytes[0] & 0x40) != 0 ? 4 : 2;
            packet.putShort(at, (short) 0x11);
        }
        session.networkUp(NoNetwork.SPEC);
        tunnel.receive(packet, 0);
        TunnelDataCounters counters = tunnel.counters();
        long counted = counters.malformed() + counters.unknownSession() + session.counters().rxPackets();
        if (counted != 1) {
            throw new AssertionError(counted + " times counted");
        }
        long ends = wire.frames.size() + session.counters().rxErrors() + session.counters().rxSpoofed()
                + session.counters().rxUnsequenced() + session.counters().rxLate() + session.counters().rxDuplicate();
        if (ends != session.counters().rxPackets()) {
            throw new AssertionError("a packet that came to " + ends + " ends");
        }
    }
}
