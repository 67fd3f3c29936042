package org.isthmus.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.linux.OwnNamespace;
import org.isthmus.linux.Tun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.ArrayList;
import java.util.List;

/** What a group of the kernel's tells is heard, without anything having been sent. */
@Tag("netns")
@ExtendWith(OwnNamespace.class)
class NetlinkNewsTest {

    private static final int GROUP_OF_LINKS = 1;

    @Test
    void newsOfAGroupAreHeard() throws Exception {
        try (NetlinkNews news = NetlinkNews.join(NetlinkSocket.ROUTE, GROUP_OF_LINKS); Tun tun = Tun.open(Tun.Kind.TUN, "t0")) {
            List<Integer> types = new ArrayList<>();
            assertTrue(news.read(message -> types.add(message.type())));
            assertTrue(types.contains(RouteRequests.NEW_LINK), "heard " + types + " of " + tun.index());
        }
    }
}
