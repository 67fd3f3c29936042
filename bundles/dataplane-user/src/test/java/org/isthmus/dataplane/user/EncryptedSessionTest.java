package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.dataplane.EncryptionKeys;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.PppEncryption;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.V2Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A session whose packets pass encrypted or not at all, with the peer's end of MPPE played by another such session. */
class EncryptedSessionTest {

    private static final byte[] OURS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final byte[] PEERS = {16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
    private static final int PAYLOAD = 44;

    /** One end: its session, what it sent and told, and a TUN interface. */
    private static final class End extends Wire {
        final List<ByteBuffer> packets = new ArrayList<>();
        final FakeTun fake;
        final UserTunnel tunnel;
        final PppSession session;
        int failures;

        End() throws Exception {
            fake = new FakeTun();
            TunDevice device = TunDevice.shared(fake.tun);
            NetworkSetup setup = new NoNetwork() {
                @Override
                public CompletionStage<Void> up(PppSession session, NetworkSpec network, int epoch) {
                    session.opened(new OpenNetwork(device, true, true, network.mtu(), SourceFilter.none(), epoch));
                    return CompletableFuture.completedFuture(null);
                }
            };
            tunnel = new UserTunnel(Wire.tunnel(2), (packet, dscp) -> {
                packets.add(copy(packet));
                return 0;
            }, setup, () -> ByteBuffer.allocateDirect(2000), ReorderPlaces.budget(), new ParkedTunnels(new NoNetwork()));
            SessionSpec spec = new SessionSpec("s1", 0x12, 0x22, true, new Sequencing(DataSequencing.NONE, false, 0), V2Header.PLAIN,
                    new PppPseudowire(true, false, false, false, true), "", 1400);
            session = (PppSession) tunnel.openSession(spec, this).toCompletableFuture().get();
            session.networkUp(NoNetwork.SPEC).toCompletableFuture().get();
        }

        static ByteBuffer copy(ByteBuffer packet) {
            return ByteBuffer.allocateDirect(packet.remaining()).put(packet.duplicate()).flip();
        }

        /** The system sends a packet with a text in it. */
        void say(String text) {
            session.fromSystem(ip(text), 4);
        }

        /** A packet of the other end's, to this one's numbers. */
        void hear(ByteBuffer packet) {
            ByteBuffer here = copy(packet).putShort(2, (short) 0x11).putShort(4, (short) 0x12);
            tunnel.receive(here, 0);
        }

        /** What came out at the system's side since; empty if nothing did. */
        String heard() {
            ByteBuffer got = ByteBuffer.allocateDirect(100);
            int length = fake.receive(got);
            return length < 0 ? "" : text(got.flip());
        }

        @Override
        public void decryptionFailed(boolean passed) {
            failures++;
        }
    }

    private End near;
    private End far;

    @BeforeEach
    void open() throws Exception {
        near = new End();
        far = new End();
    }

    @AfterEach
    void close() {
        near.fake.close();
        far.fake.close();
    }

    private static ByteBuffer ip(String text) {
        ByteBuffer packet = ByteBuffer.allocateDirect(300 + PAYLOAD).position(300);
        packet.put(300, (byte) 0x45).putShort(302, (short) PAYLOAD);
        for (int i = 0; i < text.length(); i++) {
            packet.put(320 + i, (byte) text.charAt(i));
        }
        return packet;
    }

    private static String text(ByteBuffer packet) {
        StringBuilder text = new StringBuilder();
        for (int i = packet.position() + 20; i < packet.limit() && packet.get(i) != 0; i++) {
            text.append((char) packet.get(i));
        }
        return text.toString();
    }

    private void agree(int bits, boolean stateless) throws Exception {
        PppEncryption.Direction there = new PppEncryption.Direction(bits, stateless, OURS);
        PppEncryption.Direction back = new PppEncryption.Direction(bits, stateless, PEERS);
        near.session.prepareEncryption(new EncryptionKeys(OURS, PEERS)).toCompletableFuture().get();
        near.session.encrypt(new PppEncryption(there, back));
        far.session.encrypt(new PppEncryption(back, there));
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 56, 40})
    void whatIsSentIsUnreadableOnTheWayAndAsItWasBehindIt(int bits) throws Exception {
        for (boolean stateless : new boolean[] {true, false}) {
            agree(bits, stateless);
            for (int i = 0; i < 600; i++) {
                near.say("treasure " + i);
                ByteBuffer packet = near.packets.remove(0);
                assertEquals("000200210022" + "ff03" + "00fd", Wire.hex(packet).substring(0, 20));
                assertEquals(6 + 2 + 4 + 2 + PAYLOAD, packet.remaining());
                assertFalse(text(packet.position(0)).contains("treasure"));
                far.hear(packet);
                assertEquals("treasure " + i, far.heard());
                far.say("reply " + i);
                near.hear(far.packets.remove(0));
                assertEquals("reply " + i, near.heard());
            }
        }
        assertEquals(2 * 600 * PAYLOAD, far.session.counters().rxBytes());
        assertEquals(2 * 600 * PAYLOAD, near.session.counters().txBytes());
        assertEquals(0, far.session.counters().rxUndecrypted());
    }

    @Test
    void nothingPassesInClear() throws Exception {
        near.say("before CCP is open");
        assertEquals(1, near.session.counters().txErrors());
        near.hear(Wire.direct("0002 0021 0022 0021 4500001400000000000000000a0000020a000001"));
        near.hear(Wire.direct("0002 0021 0022 00fd 9000 0011223344"));
        assertEquals(1, near.session.counters().rxUnencrypted());
        assertEquals(1, near.session.counters().rxUndecrypted());
        agree(128, true);
        near.hear(Wire.direct("0002 0021 0022 21 4500001400000000000000000a0000020a000001"));
        near.hear(Wire.direct("0002 0021 0022 002d 40"));
        assertEquals(3, near.session.counters().rxUnencrypted());
        near.session.stopEncryption();
        near.say("after CCP");
        assertEquals(2, near.session.counters().txErrors());
        assertEquals(List.of(), near.packets);
        assertEquals(List.of(), near.frames, "and nothing of it is quoted to the peer");
        assertEquals("", near.heard());
    }

    @Test
    void framesOfPppPassAsTheyAre() throws Exception {
        agree(128, true);
        near.session.sendPpp(Wire.direct("8021 01010004"));
        near.session.sendPpp(Wire.direct("80fd 0f050004"));
        assertEquals("000200210022ff03802101010004", Wire.hex(near.packets.get(0)));
        assertEquals("000200210022ff0380fd0f050004", Wire.hex(near.packets.get(1)));
        near.hear(Wire.direct("0002 0021 0022 80fd 0e050004"));
        assertEquals(List.of("80fd0e050004"), near.frames);
    }

    /** Linux must not see the packet that begins anew before the answer, nor one that does not behind it. */
    @Test
    void withStateTheAnswerToAResetLeavesRightBeforeThePacketThatBeginsAnew() throws Exception {
        agree(128, false);
        near.say("1");
        far.hear(near.packets.remove(0));
        near.say("lost");
        near.packets.clear();
        near.say("2");
        far.hear(near.packets.remove(0));
        assertEquals(1, far.failures);
        near.session.sendPpp(Wire.direct("80fd 0f070004"));
        assertEquals(List.of(), near.packets);
        near.say("3");
        near.say("4");
        assertEquals("000200210022ff0380fd0f070004", Wire.hex(near.packets.remove(0)));
        far.hear(near.packets.remove(0));
        far.hear(near.packets.remove(0));
        assertEquals("1 3 4", far.heard() + " " + far.heard() + " " + far.heard());
        assertEquals(1, far.session.counters().rxUndecrypted());
        assertEquals(1, far.failures);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theHotPathAllocatesNothing(boolean stateless) throws Exception {
        agree(128, stateless);
        ByteBuffer wire = ByteBuffer.allocateDirect(100);
        UserTunnel sending = new UserTunnel(Wire.tunnel(2), (packet, dscp) -> {
            wire.clear().put(0, packet, packet.position(), packet.remaining()).limit(packet.remaining());
            return 0;
        }, nearInterface(), () -> ByteBuffer.allocateDirect(2000), ReorderPlaces.budget(), new ParkedTunnels(new NoNetwork()));
        PppSession sender = (PppSession) sending.openSession(near.session.spec(), near).toCompletableFuture().get();
        sender.networkUp(NoNetwork.SPEC);
        PppEncryption.Direction way = new PppEncryption.Direction(128, stateless, OURS);
        sender.encrypt(new PppEncryption(way, way));
        ByteBuffer packet = ip("treasure");
        ByteBuffer clear = ip("treasure");
        ByteBuffer got = ByteBuffer.allocateDirect(100);
        Allocation.assertNone(100_000, i -> {
            packet.clear().position(300);
            packet.put(300, clear, 300, PAYLOAD);
            sender.fromSystem(packet, 4);
            wire.putShort(2, (short) 0x11).putShort(4, (short) 0x12);
            far.tunnel.receive(wire, 0);
            far.fake.receive(got.clear());
        });
        assertEquals(0, far.session.counters().rxUndecrypted());
        assertEquals(100_000, far.session.counters().rxPackets());
    }

    private NetworkSetup nearInterface() {
        return new NoNetwork() {
            @Override
            public CompletionStage<Void> up(PppSession session, NetworkSpec network, int epoch) {
                session.opened(new OpenNetwork(TunDevice.shared(near.fake.tun), true, true, network.mtu(), SourceFilter.none(), epoch));
                return CompletableFuture.completedFuture(null);
            }
        };
    }
}
