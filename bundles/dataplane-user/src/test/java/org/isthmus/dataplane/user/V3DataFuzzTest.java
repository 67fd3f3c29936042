package org.isthmus.dataplane.user;

import com.code_intelligence.jazzer.junit.FuzzTest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.Pseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.api.dataplane.VlanPseudowire;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.Tun;
import org.junit.jupiter.api.Tag;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Whatever packets of L2TPv3 a peer sends, nothing is thrown, and each is counted once and comes to one end. The first byte chooses
 * encapsulation, cookie, sublayer and what is carried; then come packets, each behind a byte with its length. Their beginning is made to
 * fit the session, but for one in four.
 */
class V3DataFuzzTest {

    private static final byte[] COOKIE = {1, 2, 3, 4, 5, 6, 7, 8};

    @Tag("fuzz")
    @FuzzTest(maxDuration = "30s")
    void anyDataPackets(byte[] bytes) {
        receive(bytes);
    }

    @Property(tries = 2_000)
    void anyBytes(@ForAll @Size(max = 200) byte[] bytes) {
        receive(bytes);
    }

    private static void receive(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        int options = bytes[0];
        boolean udp = (options & 1) != 0;
        boolean ppp = (options & 2) != 0;
        byte[] cookie = Arrays.copyOf(COOKIE, 4 * (options >> 2 & 3) % 12);
        Wire wire = new Wire();
        UserTunnel tunnel = new UserTunnel(Wire.v3Tunnel(udp ? Encapsulation.UDP : Encapsulation.IP), wire, new ClosedTap(),
                () -> ByteBuffer.allocateDirect(64), ReorderPlaces.budget(), new ParkedTunnels(new NoNetwork()));
        Pseudowire pseudowire = ppp ? new PppPseudowire(true, true, true) : new VlanPseudowire(7, "", 0);
        SessionPath session = tunnel.openSession(new SessionSpec("s", 0x12, 0x22, true,
                new Sequencing((options & 16) != 0 ? DataSequencing.NON_IP : DataSequencing.ALL, (options & 32) != 0,
                        (options & 64) != 0 ? 50 : 0),
                new V3Header(cookie, cookie, true, options > 0), pseudowire, "", 60), wire).toCompletableFuture().join();
        if (ppp) {
            session.networkUp(NoNetwork.SPEC);
        }
        int packets = 0;
        long now = 0;
        for (int at = 1; at < bytes.length; packets++) {
            int length = Math.min(bytes[at] & 0x7f, bytes.length - at - 1);
            ByteBuffer packet = ByteBuffer.allocateDirect(16 + length);
            if ((bytes[at] & 0x80) == 0 || length % 2 == 0) {
                if (udp) {
                    packet.putInt(0x0003_0000);
                }
                packet.putInt(0x12).put(cookie);
            }
            packet.put(bytes, at + 1, Math.min(length, packet.remaining())).flip();
            tunnel.receive(packet, now);
            now += length;
            if (tunnel.nextTimeoutMillis() <= now) {
                tunnel.timeout(now);
            }
            at += 1 + length;
        }
        tunnel.timeout(now + 50);
        SessionDataCounters counters = session.counters();
        long counted = counters.rxPackets() + counters.rxWrongCookie() + tunnel.counters().malformed() + tunnel.counters().unknownSession();
        if (counted != packets) {
            throw new AssertionError(packets + " packets, " + counted + " counted");
        }
        long ends = wire.frames.size() + counters.rxErrors() + counters.rxSpoofed() + counters.rxUnsequenced() + counters.rxLate()
                + counters.rxDuplicate() + counters.rxWrongVlan();
        if (ends != counters.rxPackets()) {
            throw new AssertionError(counters.rxPackets() + " packets came to " + ends + " ends");
        }
    }

    /** A system whose interfaces refuse every frame. */
    private static final class ClosedTap extends NoNetwork {
        @Override
        public CompletionStage<Void> open(EthernetSession session) {
            session.opened(new TapDevice(Tun.adopt(Descriptor.owning(-1), Tun.Kind.TAP, "closed"), 1, session));
            return CompletableFuture.completedFuture(null);
        }
    }
}
