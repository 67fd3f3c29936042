package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From nothing to packets that pass, and back. */
class LacAndLnsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aTunnelWithASessionComesUpAndPacketsPassBothWays(int workers) throws Exception {
        Pair pair = new Pair(1, workers).up();
        pair.assertPackets();

        TunnelStatus office = pair.lac.tunnel("office");
        assertEquals(TunnelState.ESTABLISHED, office.state());
        assertEquals("lns", office.peerHostName());
        assertEquals("Isthmus", office.peerVendor());
        assertTrue(office.upSince().isPresent());
        SessionStatus alice = pair.lns.session(pair.lnsSession());
        assertEquals("alice", alice.ppp().orElseThrow().userName());
        assertEquals("mschapv2", alice.ppp().orElseThrow().authProtocol());
        assertEquals(Optional.of(InetAddress.getByName("10.9.0.2")), alice.ppp().orElseThrow().remoteAddress());
        assertEquals(Optional.of(InetAddress.getByName("10.9.0.1")),
                pair.lac.session("alice").ppp().orElseThrow().remoteAddress());
        assertEquals(1, pair.lns.pool().out());
        pair.assertNothingLeft();
    }

    @Test
    void listenersAreToldInOrderAtBothEnds() {
        Pair pair = new Pair(2).up();
        List<String> up = List.of("tunnel CREATED", "tunnel UP", "session CREATED", "session UP", "session PPP_UP");
        assertEquals(up, pair.lac.events().lines());
        assertEquals(up, pair.lns.events().lines());

        pair.lac.engine().shutDown();
        pair.world.runSeconds(60);
        List<String> down = List.of("session PPP_DOWN", "session DOWN", "session DELETED", "tunnel DOWN", "tunnel DELETED");
        assertEquals(down, pair.lac.events().lines());
        assertEquals(down, pair.lns.events().lines());
        pair.assertNothingLeft();
    }
}
