package org.isthmus.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;

/** The hot path allocates nothing: measured by the JVM's own count of this thread's bytes. */
class AllocationTest {

    private static final int WARM_UP = 2_000;
    private static final int TURNS = 10_000;

    @Test
    void aTurnOfWaitReceiveAndSendAllocatesNothing() throws Exception {
        try (UdpSocket a = UdpSocketTest.bound(AddressFamily.INET);
                UdpSocket b = UdpSocketTest.bound(AddressFamily.INET);
                Epoll epoll = Epoll.open(4)) {
            a.packetInfo(true);
            epoll.add(a.descriptor(), Epoll.READ, 1);
            ReceiveBatch in = new ReceiveBatch(8, 1500);
            SendBatch out = new SendBatch(8, 1500);
            UdpPath toB = UdpPath.to(b.localAddress(), b.localAddress().getAddress());
            UdpPath toA = UdpPath.to(a.localAddress());
            ByteBuffer single = ByteBuffer.allocateDirect(64);
            var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

            long packets = 0;
            long before = 0;
            for (int turn = 0; turn < WARM_UP + TURNS; turn++) {
                if (turn == WARM_UP) {
                    before = threads.getCurrentThreadAllocatedBytes();
                }
                for (int i = 0; i < 4; i++) {
                    out.slot().putInt(i).flip();
                    out.add(toA);
                }
                out.flush(b);
                epoll.wakeUp();
                assertEquals(1, epoll.await(1_000));
                int received = in.receive(a);
                for (int slot = 0; slot < received; slot++) {
                    packets += in.data(slot).remaining() + in.sourcePort(slot) + in.sourceLow(slot) + in.localLow(slot);
                    out.add(in.data(slot), toB);
                }
                out.flush(a);
                in.receive(b);
                a.send(single, toB);
                b.send(single, toA);
                in.receive(b);
                in.receive(a);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertTrue(packets > 0);
            // A few bytes may come from the JIT's own transitions, never a share of each turn.
            assertTrue(allocated < TURNS, allocated + " bytes in " + TURNS + " turns");
        }
    }
}
