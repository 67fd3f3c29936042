package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.OptionalLong;

import org.isthmus.core.engine.OutstandingRequests.Request;
import org.junit.jupiter.api.Test;

/** What happens to our own tunnels when they lose is shown by whole engines; here is who loses. */
class OutstandingRequestsTest {
    private final OutstandingRequests requests = new OutstandingRequests();
    private final InetAddress peer = InetAddress.getLoopbackAddress();

    @Test
    void withoutARequestOfOursThePeerNeverLoses() {
        assertFalse(requests.peerLoses(peer, OptionalLong.of(1)));
        assertFalse(requests.peerLoses(peer, OptionalLong.empty()));
    }

    @Test
    void thePeerLosesAgainstALowerNumberComparedWithoutSign() {
        requests.add(peer, new Request(OptionalLong.of(5), null));
        assertTrue(requests.peerLoses(peer, OptionalLong.of(6)));
        assertTrue(requests.peerLoses(peer, OptionalLong.of(-1)), "-1 is the greatest of all");
        assertTrue(requests.peerLoses(peer, OptionalLong.empty()), "who sends none loses");
    }

    @Test
    void aRequestThatIsOverCountsNoMore() {
        requests.add(peer, new Request(OptionalLong.of(5), null));
        assertFalse(requests.isEmpty());
        requests.remove(peer, null);
        assertTrue(requests.isEmpty());
        assertFalse(requests.peerLoses(peer, OptionalLong.of(6)));
    }
}
