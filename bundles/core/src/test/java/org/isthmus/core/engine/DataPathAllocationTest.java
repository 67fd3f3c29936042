package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;

import org.isthmus.core.simulator.DataPackets;
import org.junit.jupiter.api.Test;

/** A data packet costs the garbage collector nothing between the socket and the data plane. */
class DataPathAllocationTest {
    private static final int PACKETS = 50_000;

    @Test
    void aDataPacketAllocatesNothingOnItsWayThroughTheWorker() {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        DataPackets packets = new DataPackets();
        packets.deliver(PACKETS); // classes are loaded, code is compiled
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        packets.deliver(PACKETS);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertEquals(2 * PACKETS, packets.received());
        assertTrue(allocated < PACKETS, () -> allocated + " bytes for " + PACKETS + " packets");
    }

    @Test
    void neitherDoesOneWhileAnotherSessionIsStillComingUp() {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        DataPackets packets = new DataPackets();
        packets.leaveASessionHalfWay();
        packets.deliver(PACKETS);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        packets.deliver(PACKETS);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertEquals(2 * PACKETS, packets.received());
        assertTrue(allocated < PACKETS, () -> allocated + " bytes for " + PACKETS + " packets");
    }
}
