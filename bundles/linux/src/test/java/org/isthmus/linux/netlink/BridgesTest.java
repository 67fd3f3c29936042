package org.isthmus.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.linux.LinuxException;
import org.isthmus.linux.OwnNamespace;
import org.isthmus.linux.Tun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.ArrayList;
import java.util.List;

@Tag("netns")
@ExtendWith(OwnNamespace.class)
class BridgesTest {
    private final Bridges bridges = new Bridges(2, 2);
    private final List<Tun> taps = new ArrayList<>();
    /** Opened by each test itself: what runs before and after it is not in its namespace. */
    private RouteSocket routes;

    private interface Steps {
        void run() throws LinuxException;
    }

    private void inNamespace(Steps steps) throws LinuxException {
        routes = RouteSocket.open();
        try {
            assertTrue(routes.links().stream().noneMatch(Link::up), "this is no namespace of its own");
            steps.run();
        } finally {
            taps.forEach(Tun::close);
            routes.close();
        }
    }

    private Tun join(boolean isolated, boolean temporary) throws LinuxException {
        Tun tap = Tun.open(Tun.Kind.TAP, "c%d");
        taps.add(tap);
        bridges.join(routes, tap.index(), "lan", isolated, temporary);
        return tap;
    }

    private void leave(Tun tap) throws LinuxException {
        bridges.leave(routes, tap.index());
        taps.remove(tap);
        tap.close();
    }

    /** The interfaces other than sessions' own, in their order by name. */
    private List<String> made() throws LinuxException {
        return routes.links().stream().map(Link::name).filter(name -> name.startsWith("lan")).sorted().toList();
    }

    private String masterOf(String name) throws LinuxException {
        int master = routes.link(name).orElseThrow().master();
        return routes.links().stream().filter(link -> link.index() == master).map(Link::name).findFirst().orElse("none");
    }

    @Test
    void aTemporaryBridgeComesWithTheFirstAndGoesWithTheLast() throws LinuxException {
        inNamespace(() -> {
            Tun first = join(false, true);
            Tun second = join(true, true);
            assertEquals("lan lan", masterOf("c0") + " " + masterOf("c1"));
            assertTrue(routes.link("lan").orElseThrow().up());
            leave(first);
            assertEquals(List.of("lan"), made());
            leave(second);
            assertEquals(List.of(), made());
        });
    }

    @Test
    void anotherBridgeStays() throws LinuxException {
        inNamespace(() -> {
            leave(join(false, false));
            assertEquals(List.of("lan"), made());
            leave(join(false, true));
            assertEquals(List.of("lan"), made(), "it was there before");
        });
    }

    @Test
    void aTemporaryBridgeWithAnotherPortStays() throws LinuxException {
        inNamespace(() -> {
            Tun session = join(false, true);
            Tun uplink = Tun.open(Tun.Kind.TAP, "up0");
            taps.add(uplink);
            routes.execute(RouteRequests.setMaster(uplink.index(), routes.link("lan").orElseThrow().index()));
            leave(session);
            assertEquals(List.of("lan"), made());
        });
    }

    @Test
    void interfacesThatTheKernelIsStillTakingAwayKeepNoBridge() throws LinuxException {
        inNamespace(() -> {
            Tun first = join(false, true);
            Tun second = join(false, true);
            bridges.leave(routes, first.index());
            assertEquals(List.of("lan"), made());
            bridges.leave(routes, second.index());
            assertEquals(List.of(), made());
        });
    }

    @Test
    void whatABridgeHasNoRoomForHangsOnIt() throws LinuxException {
        inNamespace(() -> {
            Tun first = join(true, true);
            join(true, true);
            Tun third = join(true, true);
            Tun fourth = join(true, true);
            Tun fifth = join(true, true);
            Tun open = join(false, true);
            assertEquals(List.of("lan", "lan-i1", "lan-i1d", "lan-i1u", "lan-i2", "lan-i2d", "lan-i2u", "lan-o1", "lan-o1d", "lan-o1u"), made());
            assertEquals("lan-i1 lan-i1 lan-i2 lan-o1", masterOf("c2") + " " + masterOf("c3") + " " + masterOf("c4") + " " + masterOf("c5"));
            assertEquals("lan lan-i1", masterOf("lan-i1u") + " " + masterOf("lan-i1d"));
            leave(fifth);
            leave(open);
            leave(third);
            leave(first);
            assertEquals("lan-i1", masterOf("c3"), "those that are there stay where they are");
            leave(fourth);
            assertEquals(List.of("lan"), made());
            leave(taps.get(0));
            assertEquals(List.of(), made());
        });
    }

    @Test
    void whenAllGoAtOnceNothingStaysButWhatIsInUse() throws LinuxException {
        inNamespace(() -> {
            for (int i = 0; i < 5; i++) {
                join(true, true);
            }
            bridges.leaveAll(routes);
            assertEquals(List.of(), made());
        });
    }
}
