package org.isthmus.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What is promised of epoll and its wake-up. */
@Timeout(20)
class EpollTest {

    @Test
    void eachReadyDescriptorIsReportedWithItsToken() throws Exception {
        try (Epoll epoll = Epoll.open(8);
                UdpSocket a = UdpSocketTest.bound(AddressFamily.INET);
                UdpSocket b = UdpSocketTest.bound(AddressFamily.INET);
                UdpSocket idle = UdpSocketTest.bound(AddressFamily.INET)) {
            epoll.add(a.descriptor(), Epoll.READ, 0x1122334455667788L);
            epoll.add(b.descriptor(), Epoll.READ, -7);
            epoll.add(idle.descriptor(), Epoll.READ, 3);
            idle.send(UdpSocketTest.direct("x"), UdpPath.to(a.localAddress()));
            idle.send(UdpSocketTest.direct("x"), UdpPath.to(b.localAddress()));
            epoll.wakeUp();

            assertEquals(2, epoll.await(5_000), "the wake-up is not counted");

            assertEquals(Set.of(0x1122334455667788L, -7L), Set.of(epoll.token(0), epoll.token(1)));
            assertEquals(Epoll.READ, epoll.events(0));
            assertEquals(Epoll.READ, epoll.events(1));
        }
    }

    @Test
    void interestCanChangeAndEnd() throws Exception {
        try (Epoll epoll = Epoll.open(8); UdpSocket socket = UdpSocketTest.bound(AddressFamily.INET)) {
            epoll.add(socket.descriptor(), Epoll.READ, 1);
            assertEquals(0, epoll.await(0));
            epoll.modify(socket.descriptor(), Epoll.READ | Epoll.WRITE, 2);
            assertEquals(1, epoll.await(0));
            assertEquals(2, epoll.token(0));
            assertEquals(Epoll.WRITE, epoll.events(0));
            epoll.remove(socket.descriptor());
            assertEquals(0, epoll.await(0));
            LinuxException unknown = assertThrows(LinuxException.class, () -> epoll.remove(socket.descriptor()));
            assertEquals(Errno.ENOENT, unknown.errno());
        }
    }

    @Test
    void aWakeUpBeforeTheWaitEndsIt() throws Exception {
        try (Epoll epoll = Epoll.open(1)) {
            epoll.wakeUp();
            epoll.wakeUp();
            assertEquals(0, epoll.await(-1));
            assertEquals(0, epoll.await(0), "two wake-ups end one wait");
            epoll.wakeUp();
            assertEquals(0, epoll.await(-1), "the next wake-up works again");
        }
    }

    @Test
    void noWakeUpFromAnotherThreadIsLost() throws Exception {
        int rounds = 20_000;
        try (Epoll epoll = Epoll.open(1)) {
            AtomicLong posted = new AtomicLong();
            AtomicLong seen = new AtomicLong();
            Thread waker = new Thread(() -> {
                for (int i = 1; i <= rounds; i++) {
                    posted.set(i);
                    epoll.wakeUp();
                    while (i % 16 == 0 && seen.get() < i) {
                        Thread.onSpinWait();
                    }
                }
            });
            waker.setDaemon(true);
            waker.start();
            while (seen.get() < rounds) {
                assertTrue(epoll.await(-1) >= 0);
                seen.set(posted.get());
            }
            waker.join();
        }
    }

    @Test
    void moreEventsThanTheCapacityComeInLaterTurns() throws Exception {
        try (Epoll epoll = Epoll.open(1);
                UdpSocket a = UdpSocketTest.bound(AddressFamily.INET);
                UdpSocket b = UdpSocketTest.bound(AddressFamily.INET)) {
            epoll.add(a.descriptor(), Epoll.WRITE, 1);
            epoll.add(b.descriptor(), Epoll.WRITE, 2);
            Set<Long> tokens = new HashSet<>();
            for (int turn = 0; turn < 2; turn++) {
                assertEquals(1, epoll.await(0));
                tokens.add(epoll.token(0));
            }
            assertEquals(Set.of(1L, 2L), tokens);
        }
    }

    @Test
    void aClosedEpollFails() throws Exception {
        Epoll epoll = Epoll.open(1);
        epoll.close();
        assertEquals(-Errno.EBADF, epoll.await(0));
    }
}
