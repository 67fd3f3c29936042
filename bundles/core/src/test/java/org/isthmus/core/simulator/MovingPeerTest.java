package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

import org.isthmus.api.TunnelState;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.junit.jupiter.api.Test;

/** RFC 2661 section 8.1: an LNS may answer from another port than the one that was asked, and keeps that one. */
class MovingPeerTest {
    private final Pair pair = new Pair(1);
    private int messagesToNewPort;

    /** An LNS that hears SCCRQ at 1701 and goes on at another port. */
    private final class Mover implements DeafObserver {
        private final InetSocketAddress asked = new InetSocketAddress(Appliance.address("10.0.0.9"), 1701);
        private final InetSocketAddress answering = new InetSocketAddress(Appliance.address("10.0.0.9"), 5000);
        private InetSocketAddress peer;
        private Tunnel tunnel;

        Mover() {
            pair.world.attach(asked.getAddress(), (from, to, datagram) -> {
                peer = from;
                if (tunnel == null && to.getPort() == 1701) {
                    tunnel = Tunnel.accept(ByteBuffer.wrap(datagram), TunnelConfig.builder().localTunnelId(9)
                            .hostName("mover").build(), this, new SplittableRandom(1), pair.world.now());
                } else if (to.getPort() == 5000) {
                    messagesToNewPort++;
                    tunnel.receive(ByteBuffer.wrap(datagram), pair.world.now());
                    pair.world.after(20, () -> tunnel.timeout(pair.world.now()));
                }
            });
        }

        @Override
        public void send(ByteBuffer datagram) {
            pair.world.send(answering, peer, datagram);
        }
    }

    @Test
    void theTunnelGoesOnAtThePortThatThePeerAnswersFrom() {
        new Mover();
        pair.lac.apply("system {\nhost_name lac\n}\ntunnel \"office\" {\npeer 10.0.0.9\nhello_timeout 10\n}");
        pair.world.runSeconds(30);
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state(), pair.world::trace);
        assertEquals(5000, pair.lac.tunnel("office").peer().orElseThrow().getPort());
        assertTrue(messagesToNewPort >= 3, "SCCCN and HELLOs go there");
    }

    @Test
    void onceItIsUpNoOtherPortIsListenedTo() {
        Mover mover = new Mover();
        pair.lac.apply("system {\nhost_name lac\n}\ntunnel \"office\" {\npeer 10.0.0.9\n}");
        pair.settle();
        int port = pair.lac.tunnel("office").local().orElseThrow().getPort();
        byte[] hello = new byte[20];
        ByteBuffer.wrap(hello).putShort((short) 0xc802).putShort((short) 20)
                .putShort((short) pair.lac.tunnel("office").tunnelId());
        pair.world.send(mover.asked, new InetSocketAddress(pair.lac.address(), port), ByteBuffer.wrap(hello));
        pair.settle();
        assertEquals(1, pair.lac.counter("rx_no_such_tunnel"));
        assertEquals(5000, pair.lac.tunnel("office").peer().orElseThrow().getPort());
    }
}
