package org.isthmus.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.linux.Epoll;
import org.isthmus.linux.OwnNamespace;
import org.isthmus.linux.Tun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.HashMap;
import java.util.Map;

/** What the kernel tells of interfaces. */
@Tag("netns")
@Timeout(20)
@ExtendWith(OwnNamespace.class)
class LinkNewsTest {
    private final Map<Integer, Link> known = new HashMap<>();

    @Test
    void interfacesThatComeChangeAndGoAreTold() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); LinkNews news = LinkNews.open(); Epoll epoll = Epoll.open(1)) {
            epoll.add(news.descriptor(), Epoll.READ, 1);
            assertTrue(news.read(link -> known.put(link.index(), link), known::remove));
            assertTrue(known.isEmpty(), "nothing has happened");
            int index;
            try (Tun tap = Tun.open(Tun.Kind.TAP, "tap0")) {
                index = tap.index();
                routes.execute(RouteRequests.setUp(index, true));
                await(epoll, news, () -> known.containsKey(index) && known.get(index).up() && known.get(index).running());
                tap.carrier(false);
                await(epoll, news, () -> !known.get(index).running());
                assertTrue(known.get(index).up());
                tap.carrier(true);
                await(epoll, news, () -> known.get(index).running());

                routes.execute(RouteRequests.addLink("bridge", "br0"));
                int bridge = routes.link("br0").orElseThrow().index();
                routes.execute(RouteRequests.setMaster(index, bridge));
                await(epoll, news, () -> known.get(index).master() == bridge);
                routes.execute(RouteRequests.setMaster(index, 0));
                await(epoll, news, () -> known.containsKey(index) && known.get(index).master() == 0);
            }
            await(epoll, news, () -> !known.containsKey(index));
            assertFalse(known.isEmpty(), "the bridge is still there");
        }
        assertEquals(1, known.size());
    }

    private void await(Epoll epoll, LinkNews news, java.util.function.BooleanSupplier reached) throws Exception {
        while (!reached.getAsBoolean()) {
            epoll.await(-1);
            assertTrue(news.read(link -> known.put(link.index(), link), known::remove));
        }
    }
}
