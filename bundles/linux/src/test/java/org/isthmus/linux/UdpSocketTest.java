package org.isthmus.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is promised of UDP sockets and batches, on the loopback interface. */
@Timeout(20)
class UdpSocketTest {

    @ParameterizedTest
    @EnumSource
    void aDatagramArrivesWithItsSource(AddressFamily family) throws Exception {
        try (UdpSocket a = bound(family); UdpSocket b = bound(family)) {
            ReceiveBatch batch = new ReceiveBatch(4, 100);

            assertEquals(5, a.send(direct("hello"), UdpPath.to(b.localAddress())));

            assertEquals(1, receive(b, batch));
            assertEquals("hello", text(batch.data(0)));
            assertEquals(a.localAddress(), batch.source(0));
            assertEquals(a.localAddress().getPort(), batch.sourcePort(0));
            assertEquals(family == AddressFamily.INET6, batch.sourceIsInet6(0));
            assertEquals(family == AddressFamily.INET ? 0x7f000001L : 1, batch.sourceLow(0));
            assertEquals(0, batch.sourceHigh(0));
            assertTrue(batch.isFrom(0, UdpPath.to(a.localAddress())));
            assertFalse(batch.isFrom(0, UdpPath.to(b.localAddress())));
            assertFalse(batch.truncated(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatchIsSentAndReceivedInOrderWithFewCalls(AddressFamily family) throws Exception {
        try (UdpSocket a = bound(family); UdpSocket b = bound(family)) {
            SendBatch out = new SendBatch(32, 1500);
            UdpPath path = UdpPath.to(b.localAddress());
            for (int i = 0; i < 32; i++) {
                ByteBuffer slot = out.slot();
                slot.putInt(i).flip();
                out.add(path);
            }
            assertTrue(out.isFull());
            assertEquals(null, out.slot());

            assertEquals(32, out.flush(a));

            assertEquals(0, out.failed());
            assertTrue(out.isEmpty());
            ReceiveBatch in = new ReceiveBatch(32, 1500);
            assertEquals(32, receive(b, in));
            for (int i = 0; i < 32; i++) {
                assertEquals(4, in.data(i).remaining());
                assertEquals(i, in.data(i).getInt());
            }
        }
    }

    @Test
    void aSlotSendsOnlyWhatLiesBetweenPositionAndLimit() throws Exception {
        try (UdpSocket a = bound(AddressFamily.INET); UdpSocket b = bound(AddressFamily.INET)) {
            SendBatch out = new SendBatch(1, 64);
            out.slot().put("xxhelloyy".getBytes(UTF_8)).position(2).limit(7);
            out.add(UdpPath.to(b.localAddress()));
            out.flush(a);

            ReceiveBatch in = new ReceiveBatch(1, 64);
            assertEquals(1, receive(b, in));
            assertEquals("hello", text(in.data(0)));
        }
    }

    @Test
    void theSlotsOfABatchAreReusedWithoutTraceOfTheLastTurn() throws Exception {
        try (UdpSocket a = bound(AddressFamily.INET); UdpSocket b = bound(AddressFamily.INET)) {
            ReceiveBatch in = new ReceiveBatch(2, 8);
            UdpPath path = UdpPath.to(b.localAddress());
            a.send(direct("123456789"), path);
            assertEquals(1, receive(b, in));
            assertTrue(in.truncated(0));
            assertEquals(8, in.data(0).remaining());

            a.send(direct(""), path);
            a.send(direct("x"), path);
            assertEquals(2, receive(b, in));
            assertFalse(in.truncated(0));
            assertEquals(0, in.data(0).remaining());
            assertEquals("x", text(in.data(1)));
        }
    }

    @Test
    void anEmptySocketSaysTryAgain() throws Exception {
        try (UdpSocket socket = bound(AddressFamily.INET)) {
            assertEquals(-Errno.EAGAIN, new ReceiveBatch(1, 8).receive(socket));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSocketOnTheWildcardAnswersFromTheAddressThatThePeerWroteTo(AddressFamily family) throws Exception {
        // All of 127/8 is local, so IPv4 can ask for an address that routing would not choose; IPv6 has ::1 only.
        InetAddress lnsAddress = InetAddress.getByName(family == AddressFamily.INET ? "127.0.0.77" : "::1");
        try (UdpSocket lns = UdpSocket.open(family); UdpSocket lac = bound(family)) {
            lns.packetInfo(true);
            lns.bind(new InetSocketAddress(family == AddressFamily.INET ? "0.0.0.0" : "::", 0));
            InetSocketAddress target = new InetSocketAddress(lnsAddress, lns.localAddress().getPort());
            lac.send(direct("?"), UdpPath.to(target));
            ReceiveBatch in = new ReceiveBatch(1, 8);
            assertEquals(1, receive(lns, in));
            assertTrue(in.hasLocal(0));
            assertEquals(Optional.of(lnsAddress), in.local(0));
            assertEquals(family == AddressFamily.INET ? 0x7f00004dL : 1, in.localLow(0));
            assertEquals(0, in.localHigh(0));
            assertTrue(in.interfaceIndex(0) > 0);

            UdpPath reply = in.replyPath(0);
            assertEquals(1, lns.send(direct("!"), reply));
            SendBatch out = new SendBatch(1, 8);
            assertTrue(out.add(direct("!"), reply));
            assertEquals(1, out.flush(lns));

            for (int i = 0; i < 2; i++) {
                assertEquals(1, receive(lac, in));
                assertEquals(target, in.source(0));
                assertFalse(in.hasLocal(0), "the LAC's socket did not ask for it");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPortWhereNobodyListensIsReadFromTheErrorQueue(AddressFamily family) throws Exception {
        InetSocketAddress nobody;
        try (UdpSocket gone = bound(family)) {
            nobody = gone.localAddress();
        }
        try (UdpSocket socket = bound(family); Epoll epoll = Epoll.open(4)) {
            socket.receiveErrors(true);
            epoll.add(socket.descriptor(), Epoll.READ, 1);
            socket.send(direct("?"), UdpPath.to(nobody));

            assertEquals(1, epoll.await(5_000));
            assertTrue((epoll.events(0) & Epoll.ERROR) != 0);
            assertEquals(-Errno.ECONNREFUSED, new ReceiveBatch(1, 8).receive(socket));
            SocketError error = socket.pollError().orElseThrow();
            assertEquals(Errno.ECONNREFUSED, error.errno());
            assertEquals(SocketError.Origin.ICMP, error.origin());
            assertEquals(family == AddressFamily.INET ? 3 : 1, error.icmpType());
            assertEquals(nobody, error.destination());
            assertTrue(socket.pollError().isEmpty());
        }
    }

    @Test
    void thePeerThatIsGoneCostsTheOthersNoDatagram() throws Exception {
        InetSocketAddress nobody;
        try (UdpSocket gone = bound(AddressFamily.INET)) {
            nobody = gone.localAddress();
        }
        try (UdpSocket socket = bound(AddressFamily.INET); UdpSocket peer = bound(AddressFamily.INET)) {
            socket.receiveErrors(true);
            UdpPath good = UdpPath.to(peer.localAddress());
            UdpPath bad = UdpPath.to(nobody);
            SendBatch out = new SendBatch(8, 8);
            for (int i = 0; i < 4; i++) {
                out.add(direct("-"), bad);
                out.add(direct(String.valueOf(i)), good);
            }
            assertEquals(8, out.flush(socket));
            for (int i = 4; i < 8; i++) {
                assertEquals(1, socket.send(direct("-"), bad));
                assertEquals(1, socket.send(direct(String.valueOf(i)), good));
            }
            ReceiveBatch in = new ReceiveBatch(16, 8);
            assertEquals(8, receive(peer, in));
            for (int i = 0; i < 8; i++) {
                assertEquals(String.valueOf(i), text(in.data(i)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatagramLargerThanThePathIsRefusedAndTheMtuIsTold(AddressFamily family) throws Exception {
        try (UdpSocket socket = bound(family); UdpSocket peer = bound(family)) {
            socket.dontFragment(true);
            socket.receiveErrors(true);
            socket.connect(peer.localAddress());
            assertEquals(family == AddressFamily.INET ? 65_535 : 65_536, socket.pathMtu(), "loopback's, within the limit of IP");

            assertEquals(-Errno.EMSGSIZE, socket.send(ByteBuffer.allocateDirect(65_530)));
        }
    }

    @Test
    void aRefusedDatagramOfABatchDoesNotStopTheOthers() throws Exception {
        try (UdpSocket a = bound(AddressFamily.INET); UdpSocket b = bound(AddressFamily.INET)) {
            UdpPath good = UdpPath.to(b.localAddress());
            UdpPath broadcast = UdpPath.to(new InetSocketAddress("127.255.255.255", 9));
            SendBatch out = new SendBatch(3, 8);
            out.add(direct("1"), good);
            out.add(direct("-"), broadcast);
            out.add(direct("2"), good);

            assertEquals(2, out.flush(a));

            assertEquals(1, out.failed());
            assertEquals(Errno.EACCES, out.lastError());
            ReceiveBatch in = new ReceiveBatch(3, 8);
            assertEquals(2, receive(b, in));
            assertEquals("2", text(in.data(1)));
        }
    }

    @Test
    void aConnectedSocketSendsWithoutAPathAndCanBeDisconnected() throws Exception {
        try (UdpSocket a = bound(AddressFamily.INET); UdpSocket b = bound(AddressFamily.INET)) {
            a.connect(b.localAddress());
            assertEquals(1, a.send(direct("1")));
            SendBatch out = new SendBatch(1, 8);
            out.slot().put((byte) '2').flip();
            out.add();
            assertEquals(1, out.flush(a));
            ReceiveBatch in = new ReceiveBatch(3, 8);
            assertEquals(2, receive(b, in));

            a.disconnect();
            assertTrue(a.send(direct("3")) < 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void optionsAreTakenByTheKernel(AddressFamily family) throws Exception {
        try (UdpSocket first = UdpSocket.open(family); UdpSocket second = UdpSocket.open(family)) {
            for (UdpSocket socket : new UdpSocket[] {first, second}) {
                socket.reuseAddress(true);
                socket.reusePort(true);
                assertTrue(socket.receiveBuffer(100_000) >= 100_000);
                assertTrue(socket.sendBuffer(100_000) >= 100_000);
                socket.dontFragment(true);
                socket.dontFragment(false);
                socket.trafficClass(0xb8);
                socket.checksums(false);
                socket.bindToDevice("lo");
            }
            first.bind(loopback(family, 0));
            second.bind(first.localAddress());
            assertEquals(first.localAddress(), second.localAddress());
        }
    }

    @Test
    void aSecondSocketOnTheSamePortIsRefusedWithWordsForTheOperator() throws Exception {
        try (UdpSocket first = bound(AddressFamily.INET); UdpSocket second = UdpSocket.open(AddressFamily.INET)) {
            int port = first.localAddress().getPort();
            LinuxException refused = assertThrows(LinuxException.class, () -> second.bind(loopback(AddressFamily.INET, port)));
            assertEquals(Errno.EADDRINUSE, refused.errno());
            assertEquals("bind 127.0.0.1 port " + port + ": EADDRINUSE, address already in use", refused.getMessage());
        }
    }

    @Test
    void aSocketSurvivesBeingHandedOver() throws Exception {
        try (UdpSocket peer = bound(AddressFamily.INET6)) {
            UdpSocket before = bound(AddressFamily.INET6);
            peer.send(direct("in between"), UdpPath.to(before.localAddress()));
            int number = before.descriptor().release();

            try (UdpSocket after = UdpSocket.adopt(Descriptor.adopt(number))) {
                assertEquals(AddressFamily.INET6, after.family());
                ReceiveBatch in = new ReceiveBatch(1, 100);
                assertEquals(1, receive(after, in));
                assertEquals("in between", text(in.data(0)));
            }
        }
    }

    @Test
    void threadsSendThroughOneSocketWithoutMixingTheirDatagrams() throws Exception {
        int threads = 4;
        int each = 2_000;
        InetAddress from = InetAddress.getByName("127.0.0.1");
        try (UdpSocket shared = bound(AddressFamily.INET); UdpSocket peer = bound(AddressFamily.INET)) {
            peer.receiveBuffer(16 * 1024 * 1024);
            UdpPath path = UdpPath.to(peer.localAddress(), from);
            List<Thread> senders = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                // Each thread's datagrams have a length of their own, filled with one byte of its own.
                ByteBuffer data = direct(String.valueOf((char) ('a' + thread)).repeat(10 * (thread + 1)));
                Thread sender = new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        shared.send(data, path);
                    }
                });
                senders.add(sender);
                sender.start();
            }
            ReceiveBatch in = new ReceiveBatch(64, 100);
            int seen = 0;
            boolean running = true;
            int count = 0;
            while (running || count > 0) {
                running = senders.stream().anyMatch(Thread::isAlive);
                count = in.receive(peer);
                for (int slot = 0; slot < count; slot++) {
                    String text = text(in.data(slot));
                    assertEquals(10 * (text.charAt(0) - 'a' + 1), text.length());
                    assertEquals(1, text.chars().distinct().count());
                    seen++;
                }
            }
            assertTrue(seen > 0);
        }
    }

    @Test
    void aClosedSocketFailsWithoutTouchingAnotherDescriptor() throws Exception {
        UdpSocket socket = bound(AddressFamily.INET);
        socket.close();
        socket.close();
        assertEquals(-Errno.EBADF, new ReceiveBatch(1, 8).receive(socket));
        assertEquals(-Errno.EBADF, socket.send(direct("x"), UdpPath.to(loopback(AddressFamily.INET, 9))));
    }

    static UdpSocket bound(AddressFamily family) throws LinuxException {
        UdpSocket socket = UdpSocket.open(family);
        socket.bind(loopback(family, 0));
        return socket;
    }

    static InetSocketAddress loopback(AddressFamily family, int port) {
        return new InetSocketAddress(family == AddressFamily.INET ? "127.0.0.1" : "::1", port);
    }

    /** Loopback delivers before send returns, so there is nothing to wait for. */
    static int receive(UdpSocket socket, ReceiveBatch batch) {
        return batch.receive(socket);
    }

    static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return ByteBuffer.allocateDirect(Math.max(bytes.length, 1)).put(bytes).flip();
    }

    static String text(ByteBuffer data) {
        return UTF_8.decode(data).toString();
    }
}
