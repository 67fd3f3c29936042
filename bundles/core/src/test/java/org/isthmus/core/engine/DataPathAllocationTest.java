package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;

import org.isthmus.core.simulator.DataPackets;
import org.junit.jupiter.api.Test;

/** A data packet costs the garbage collector nothing between the socket and the data plane. */
class DataPathAllocationTest {
    private static final int PACKETS = 50_000;

    private final DataPackets packets = new DataPackets();

    @Test
    void aDataPacketAllocatesNothingOnItsWayThroughTheWorker() {
        assertNothingIsAllocated();
    }

    @Test
    void neitherDoesOneWhileAnotherSessionIsStillComingUp() {
        packets.leaveASessionHalfWay();
        assertNothingIsAllocated();
    }

    private void assertNothingIsAllocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        packets.deliver(PACKETS); // classes are loaded, code is compiled
        long before = threads.getThreadAllocatedBytes(thread);
        packets.deliver(PACKETS);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertEquals(2 * PACKETS, packets.received());
        assertTrue(allocated < PACKETS, () -> allocated + " bytes for " + PACKETS + " packets");
    }
}
