package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.dataplane.EthernetPseudowire;
import org.isthmus.api.dataplane.Pseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.api.dataplane.VlanPseudowire;
import org.isthmus.linux.Tun;
import org.isthmus.linux.netlink.InterfaceAddress;
import org.isthmus.linux.netlink.Link;
import org.isthmus.linux.netlink.RouteRequests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.NetworkInterface;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Real frames of the kernel's cross L2TPv3 between TAP interfaces of two network namespaces. */
@Tag("netns")
@Timeout(60)
class EthernetTest extends TwoNamespaces {

    private static final byte[] OF_LAC = {1, 2, 3, 4};

    @Test
    void jumboFramesCrossAndTheInterfaceIsAsAskedFor() throws Exception {
        open(SHARED, SHARED, 3);
        SessionPath here = lac.session(spec(1, "office", new EthernetPseudowire("", 0x020000000042L), 9_000));
        SessionPath there = lns.session(spec(1, "", new EthernetPseudowire("", 0), 9_000));
        assertEquals("office", here.interfaceName());
        assertEquals("l2tpeth0", there.interfaceName());
        Link office = link(lac, "office").orElseThrow();
        assertEquals(9_000, office.mtu());
        assertTrue(office.up());
        address(lac, "office", LAC);
        address(lns, "l2tpeth0", LNS);
        assertEquals("020000000042",
                HexFormat.of().formatHex(lac.inside(() -> NetworkInterface.getByName("office").getHardwareAddress())));

        assertTrue(ping(lac, LNS));
        assertTrue(ping(lns, LAC));
        byte[] data = new byte[2_000_000];
        new Random(1).nextBytes(data);
        assertArrayEquals(data, echoed(data));
        assertTrue(lac.onWorker(here::counters).rxBytes() / lac.onWorker(here::counters).rxPackets() > 1_500, "jumbo frames");
        assertEquals(0, lac.onWorker(here::counters).rxErrors());

        lac.runOnWorker(() -> here.mtu(1_400));
        await(() -> link(lac, "office").orElseThrow().mtu() == 1_400);
        lac.runOnWorker(here::close);
        await(() -> link(lac, "office").isEmpty());
    }

    @Test
    void aVlanCrossesOnAnInterfaceWithoutTagsAndAnotherDoesNot() throws Exception {
        open(SHARED, SHARED, 3);
        SessionPath here = lac.session(spec(1, "seven", new VlanPseudowire(7, "", 0), 1_500));
        SessionPath there = lns.session(spec(1, "seven", new VlanPseudowire(7, "", 0), 1_500));
        address(lac, "seven", LAC);
        address(lns, "seven", LNS);
        assertTrue(ping(lac, LNS));
        assertEquals(0, lns.onWorker(there::counters).rxWrongVlan());

        lac.runOnWorker(here::close);
        await(() -> link(lac, "seven").isEmpty());
        lac.session(spec(1, "eight", new VlanPseudowire(8, "", 0), 1_500));
        address(lac, "eight", LAC);
        assertFalse(ping(lac, LNS));
        await(() -> lns.onWorker(there::counters).rxWrongVlan() > 0);
    }

    @Test
    void interfacesAreInTheBridgeThatIsMadeForThem() throws Exception {
        open(SHARED, SHARED, 3);
        SessionPath first = lac.session(spec(1, "", new EthernetPseudowire("br0", 0), 1_500));
        lac.session(spec(2, "", new EthernetPseudowire("br0", 0), 1_500));
        Link bridge = link(lac, "br0").orElseThrow();
        assertTrue(bridge.up());
        assertEquals(bridge.index(), link(lac, "l2tpeth0").orElseThrow().master());
        assertEquals(bridge.index(), link(lac, "l2tpeth1").orElseThrow().master());

        lns.session(spec(1, "one", new EthernetPseudowire("", 0), 1_500));
        address(lac, "br0", LAC);
        address(lns, "one", LNS);
        assertTrue(ping(lns, LAC));
        assertTrue(ping(lac, LNS));
        await(() -> lac.onWorker(first::counters).txPackets() > 0);

        lac.runOnWorker(first::close);
        await(() -> link(lac, "l2tpeth0").isEmpty());
        assertTrue(link(lac, "br0").isPresent(), "the bridge stays");
    }

    @Test
    void aCircuitIsUpWithItsInterfaceItsBridgeAndThePortsOfThat() throws Exception {
        open(SHARED, SHARED, 3);
        lac.session(spec(1, "wire", new EthernetPseudowire("br0", 0), 1_500));
        await(() -> Boolean.TRUE.equals(lac.circuits.get(1)));
        int wire = link(lac, "wire").orElseThrow().index();
        int bridge = link(lac, "br0").orElseThrow().index();
        for (int index : new int[] {wire, bridge}) {
            change(lac, RouteRequests.setUp(index, false));
            await(() -> !lac.circuits.get(1));
            change(lac, RouteRequests.setUp(index, true));
            await(() -> lac.circuits.get(1));
        }
        Tun port = lac.inside(() -> Tun.open(Tun.Kind.TAP, "port"));
        int portIndex = link(lac, "port").orElseThrow().index();
        change(lac, RouteRequests.setUp(portIndex, true));
        change(lac, RouteRequests.setMaster(portIndex, bridge));
        port.carrier(false);
        await(() -> !lac.circuits.get(1));
        port.carrier(true);
        await(() -> lac.circuits.get(1));
        port.carrier(false);
        await(() -> !lac.circuits.get(1));
        port.close();
        await(() -> lac.circuits.get(1));
    }

    @Test
    void whileThePeerTakesNothingTheInterfaceHasNoCarrier() throws Exception {
        open(SHARED, SHARED, 3);
        SessionPath wire = lac.session(spec(1, "wire", new EthernetPseudowire("", 0), 1_500));
        await(() -> link(lac, "wire").orElseThrow().running());
        lac.runOnWorker(() -> wire.hold(true));
        await(() -> !link(lac, "wire").orElseThrow().running());
        assertTrue(lac.circuits.get(1), "what the peer says of its end says nothing of ours");
        lac.runOnWorker(() -> wire.hold(false));
        await(() -> link(lac, "wire").orElseThrow().running());
    }

    @Test
    void anotherDataPlaneTakesTheInterfaceOver() throws Exception {
        open(SHARED, SHARED, 3);
        lac.session(spec(1, "office", new EthernetPseudowire("", 0), 1_500));
        lns.session(spec(1, "office", new EthernetPseudowire("", 0), 1_500));
        int before = link(lac, "office").orElseThrow().index();
        Runnable end = lac.moveToAnotherPlane();
        CompletableFuture<Void> ending = CompletableFuture.runAsync(end);
        SessionPath again = lac.session(spec(1, "office", new EthernetPseudowire("", 0), 1_500));
        ending.join();
        assertEquals("office", again.interfaceName());
        assertNotEquals(before, link(lac, "office").orElseThrow().index());
        address(lac, "office", LAC);
        address(lns, "office", LNS);
        // This new data plane numbers from 0 again, which the peer must believe.
        await(() -> ping(lac, LNS));
    }

    private SessionSpec spec(int id, String interfaceName, Pseudowire pseudowire, int mtu) {
        return new SessionSpec("s" + id, id, id, true, new Sequencing(DataSequencing.ALL, true, 50),
                new V3Header(OF_LAC, OF_LAC, true, true), pseudowire, interfaceName, mtu);
    }

    private static void address(Site site, String interfaceName, String address) throws Exception {
        int index = link(site, interfaceName).orElseThrow().index();
        change(site, RouteRequests.addAddress(InterfaceAddress.inNetwork(index, ip(address), 24)));
    }
}
