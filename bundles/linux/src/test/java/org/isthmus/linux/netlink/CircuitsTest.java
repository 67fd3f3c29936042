package org.isthmus.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Which news of interfaces makes a circuit go down and come back. */
class CircuitsTest {

    private static final int WIRE = 7;
    private static final int OTHER_WIRE = 8;
    private static final int BRIDGE = 20;
    private static final int PORT = 30;
    private static final int SECOND_PORT = 31;

    private final Circuits circuits = new Circuits();
    private final List<Boolean> told = new ArrayList<>();

    private void link(int index, boolean up, boolean running, int master) {
        circuits.changed(new Link(index, "if" + index, 1500, up, running, master));
    }

    private void bridged() {
        link(BRIDGE, true, true, 0);
        link(WIRE, true, true, BRIDGE);
        circuits.add(WIRE, told::add);
        assertEquals(List.of(true), told, "a bridge without ports is the host's own");
    }

    @Test
    void aCircuitIsUpWhileItsInterfaceIs() {
        circuits.add(WIRE, told::add);
        assertEquals(List.of(), told, "nothing is known of the interface yet");
        link(WIRE, true, true, 0);
        link(WIRE, true, false, 0);
        assertEquals(List.of(true), told, "its carrier is the peer's to say");
        link(WIRE, false, false, 0);
        link(WIRE, true, true, 0);
        circuits.gone(WIRE);
        assertEquals(List.of(true, false, true, false), told);
        circuits.remove(WIRE);
        link(WIRE, true, true, 0);
        assertEquals(4, told.size());
    }

    @Test
    void aCircuitGoesDownWithItsBridge() {
        bridged();
        link(BRIDGE, false, false, 0);
        link(BRIDGE, true, true, 0);
        assertEquals(List.of(true, false, true), told);
    }

    @Test
    void aCircuitIsUpWhileAPortOfItsBridgeHasACarrier() {
        bridged();
        link(PORT, true, false, BRIDGE);
        link(SECOND_PORT, true, true, BRIDGE);
        link(SECOND_PORT, true, false, BRIDGE);
        link(PORT, true, true, BRIDGE);
        assertEquals(List.of(true, false, true, false, true), told);
        link(PORT, true, true, 0);
        circuits.gone(SECOND_PORT);
        assertEquals(List.of(true, false, true, false, true, false, true), told);
    }

    @Test
    void theInterfacesOfOtherSessionsAreNoPorts() {
        bridged();
        circuits.add(OTHER_WIRE, up -> { });
        link(OTHER_WIRE, true, false, BRIDGE);
        assertEquals(List.of(true), told);
    }

    @Test
    void theInterfaceOfASessionThatEndsIsNoPortWithoutCarrier() {
        bridged();
        List<Boolean> other = new ArrayList<>();
        link(OTHER_WIRE, true, true, BRIDGE);
        circuits.add(OTHER_WIRE, other::add);
        circuits.remove(OTHER_WIRE);
        link(OTHER_WIRE, false, false, BRIDGE);
        circuits.gone(OTHER_WIRE);
        assertEquals(List.of(true), told);
        assertEquals(List.of(true), other);
    }

    @Test
    void aPortThatLeavesCountsNoMore() {
        bridged();
        link(PORT, true, true, BRIDGE);
        link(SECOND_PORT, true, false, BRIDGE);
        link(PORT, true, true, 0);
        assertEquals(List.of(true, false), told);
        circuits.gone(SECOND_PORT);
        assertEquals(List.of(true, false, true), told);
    }
}
