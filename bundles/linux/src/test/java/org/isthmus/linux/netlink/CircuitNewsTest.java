package org.isthmus.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isthmus.linux.OwnNamespace;
import org.isthmus.linux.Tun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.ArrayList;
import java.util.List;

/** What circuits are told of real interfaces. */
@Tag("netns")
@ExtendWith(OwnNamespace.class)
class CircuitNewsTest {

    private final Circuits circuits = new Circuits();
    private final List<Boolean> told = new ArrayList<>();

    @Test
    void anInterfaceThatWasJustMadeIsNeverToldToBeDown() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); CircuitNews news = CircuitNews.open(circuits)) {
            news.look(routes);
            try (Tun tap = Tun.open(Tun.Kind.TAP, "tap0")) {
                news.read(); // as by the thread that waits: the interface is down yet
                routes.execute(RouteRequests.setUp(tap.index(), true));
                circuits.add(tap.index(), told::add);
                news.look(routes);
                assertEquals(List.of(true), told);
                routes.execute(RouteRequests.setUp(tap.index(), false));
                news.look(routes);
                assertEquals(List.of(true, false), told, "this is meant");
            }
        }
    }

    @Test
    void whatWasThereBeforeIsSeen() throws Exception {
        try (RouteSocket routes = RouteSocket.open(); Tun tap = Tun.open(Tun.Kind.TAP, "tap0")) {
            routes.execute(RouteRequests.setUp(tap.index(), true));
            try (CircuitNews news = CircuitNews.open(circuits)) {
                news.look(routes);
                circuits.add(tap.index(), told::add);
                assertEquals(List.of(true), told);
            }
        }
    }
}
