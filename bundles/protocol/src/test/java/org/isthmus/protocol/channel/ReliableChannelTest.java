package org.isthmus.protocol.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.junit.jupiter.api.Test;

/** RFC 2661 section 5.8 and Appendix A, with numbers instead of messages. */
class ReliableChannelTest implements ChannelListener<String> {

    private static final byte[] HELLO = new MessageWriter(MessageType.HELLO, 7, 0).toBytes();

    /** "5 first", "5 again", "zlb 3": Ns or Nr of what was sent. */
    private final List<String> sent = new ArrayList<>();
    private final List<String> delivered = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();
    private String unreachable;
    private ReliableChannel<String> channel = channel(8, 20);
    private long now;

    private ReliableChannel<String> channel(int window, long ackDelay) {
        ReliableChannel<String> made = new ReliableChannel<>(
                new ChannelConfig(window, 64, 1000, 1_000, 5, ackDelay), 0, true, this);
        made.acknowledgement(new MessageWriter(MessageType.ZLB, 0, 0).toBytes());
        return made;
    }

    // Sending

    @Test
    void slowStartDoublesTheWindowWithEachRoundTrip() {
        channel.peerWindow(20);
        offer(30);
        List<Integer> bursts = new ArrayList<>();
        int acked = 0;
        while (!sent.isEmpty()) {
            bursts.add(sent.size());
            acked += sent.size();
            sent.clear();
            acknowledge(acked);
        }
        assertEquals(List.of(1, 2, 4, 8, 15), bursts);
    }

    @Test
    void congestionAvoidanceGrowsTheWindowByOneARoundTrip() {
        channel.peerWindow(20);
        offer(200);
        acknowledgeAllUntil(15);
        assertEquals(16, channel.congestionWindow());
        sent.clear();
        expireFirst();
        assertEquals(List.of("15 again"), sent, "only the oldest is sent again");
        assertEquals(1, channel.congestionWindow());
        assertEquals(8, channel.slowStartThreshold(), "half of what it was");

        List<Integer> windows = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sent.clear();
            acknowledge(channel.acknowledged() + channel.congestionWindow());
            windows.add(channel.congestionWindow());
        }
        assertEquals(List.of(2, 4, 8, 9, 10, 11, 12, 13), windows);
    }

    @Test
    void neverMoreIsOnItsWayThanThePeersWindow() {
        channel.peerWindow(3);
        offer(50);
        for (int i = 1; i <= 50; i++) {
            assertTrue(channel.outstanding() <= 3);
            acknowledge(i);
        }
        assertTrue(channel.isIdle());
        assertEquals(50, acknowledged.size());
        assertEquals(3, channel.congestionWindow());
    }

    @Test
    void aWindowOfOneIsStopAndWait() {
        channel.peerWindow(1);
        offer(3);
        assertEquals(List.of("0 first"), sent);
        acknowledge(1);
        acknowledge(2);
        assertEquals(List.of("0 first", "1 first", "2 first"), sent);
    }

    @Test
    void aWindowBeyondOursIsCapped() {
        channel.peerWindow(800);
        assertEquals(64, channel.window());
    }

    @Test
    void afterALossTheRestFollowsAsTheWindowOpensAgain() {
        channel.peerWindow(8);
        offer(7);
        acknowledgeAllUntil(3);
        sent.clear();
        expireFirst();
        acknowledge(4);
        assertEquals(List.of("3 again", "4 again", "5 again"), sent);
        acknowledge(7);
        assertTrue(channel.isIdle());
        assertEquals(Long.MAX_VALUE, channel.nextTimeoutMillis());
    }

    @Test
    void aCumulativeAcknowledgementSparesWhatArrivedBehindTheLoss() {
        channel.peerWindow(8);
        offer(7);
        acknowledgeAllUntil(3);
        sent.clear();
        expireFirst();
        acknowledge(7);
        assertEquals(List.of("3 again"), sent);
        assertTrue(channel.isIdle());
    }

    @Test
    void theIntervalDoublesUpToEightSecondsAndEndsAfterTheRetries() {
        offer(1);
        List<Long> times = new ArrayList<>();
        while (unreachable == null) {
            now = channel.nextTimeoutMillis();
            times.add(now);
            channel.timeout(now);
        }
        assertEquals(List.of(1_000L, 3_000L, 7_000L, 15_000L, 23_000L, 31_000L), times);
        assertEquals("message 0", unreachable);
        assertEquals(6, sent.size());
        assertEquals(31_000, channel.fullCycleMillis());
        assertEquals(Long.MAX_VALUE, channel.nextTimeoutMillis());
    }

    @Test
    void aLongerTimeoutThanEightSecondsIsItsOwnCap() {
        ChannelConfig slow = new ChannelConfig(4, 4, 10, 10_000, 2, 0);
        assertEquals(30_000, slow.fullCycleMillis());
    }

    @Test
    void anAcknowledgementStartsTheTimerAnewForTheNext() {
        channel.peerWindow(4);
        offer(2);
        now = 900;
        acknowledge(1);
        assertEquals(1_900, channel.nextTimeoutMillis());
    }

    @Test
    void retransmissionsCarryTheNewestNr() {
        offer(1);
        arrives(0);
        now = 1_000;
        channel.timeout(now);
        assertEquals("0 again", sent.get(sent.size() - 1));
        assertEquals(1, lastNr);
    }

    @Test
    void aFullQueueTakesNoMore() {
        channel = new ReliableChannel<>(new ChannelConfig(4, 4, 2, 1_000, 5, 0), 0, true, this);
        assertTrue(channel.send(HELLO.clone(), "a", () -> { }));
        assertTrue(channel.send(HELLO.clone(), "b", () -> { }));
        assertFalse(channel.send(HELLO.clone(), "c", () -> { }));
    }

    @Test
    void theLastMessageOvertakesWhatWasNotSentYet() {
        channel.peerWindow(8);
        offer(20);
        channel.sendLast(HELLO.clone(), "last", () -> acknowledged.add("last"));
        channel.flush(now);
        assertEquals(List.of("0 first", "1 first"), sent);
        acknowledge(2);
        assertEquals(List.of("message 0", "last"), acknowledged);
    }

    @Test
    void sequenceNumbersGoRound() {
        channel.peerWindow(1);
        for (int i = 1; i <= 70_000; i++) {
            offer(1);
            acknowledge(i & 0xffff);
            arrives(i - 1 & 0xffff);
            sent.clear();
        }
        assertEquals(70_000, acknowledged.size());
        assertEquals(70_000, delivered.size());
        assertEquals(70_000 & 0xffff, channel.ns());
        assertEquals(70_000 & 0xffff, channel.nr());
    }

    // Receiving

    @Test
    void messagesAreDeliveredInOrderAndOnce() {
        for (int ns : List.of(2, 0, 2, 1, 0, 1, 2, 3)) {
            arrives(ns);
        }
        assertEquals(List.of("0", "1", "2", "3"), delivered);
    }

    @Test
    void whatComesBeforeItsTurnIsKeptWithinTheWindowOnly() {
        assertEquals(Arrival.NEW, channel.check(7, 0, false));
        assertEquals(Arrival.NS_OUT_OF_WINDOW, channel.check(8, 0, false));
        assertEquals(Arrival.NS_OUT_OF_WINDOW, channel.check(32_767, 0, false));
        assertEquals(Arrival.DUPLICATE, channel.check(32_768, 0, false));
        assertEquals(Arrival.DUPLICATE, channel.check(65_535, 0, false));
        for (int ns = 7; ns >= 1; ns--) {
            arrives(ns);
            assertEquals(Arrival.DUPLICATE, channel.check(ns, 0, false), "kept already");
        }
        arrives(0);
        assertEquals(8, delivered.size());
    }

    @Test
    void aPeerThatWasNotToldASmallWindowMaySendFour() {
        channel = channel(1, 20);
        assertEquals(Arrival.NEW, channel.check(3, 0, false));
        assertEquals(Arrival.NS_OUT_OF_WINDOW, channel.check(4, 0, false));
        for (int ns = 3; ns >= 0; ns--) {
            arrives(ns);
        }
        assertEquals(4, delivered.size());
    }

    @Test
    void theExampleOfTheRfcHolds() {
        for (int ns = 0; ns <= 15; ns++) {
            arrives(ns);
        }
        for (int ns : List.of(0, 15, 32_784, 65_535)) {
            assertEquals(Arrival.DUPLICATE, channel.check(ns, 0, false), "Ns " + ns);
        }
        for (int ns : List.of(32_783, 24)) {
            assertEquals(Arrival.NS_OUT_OF_WINDOW, channel.check(ns, 0, false), "Ns " + ns);
        }
        assertEquals(Arrival.NEW, channel.check(16, 0, false));
    }

    @Test
    void nrMayAcknowledgeOnlyWhatWasSentAndNotTooLongAgo() {
        channel.peerWindow(4);
        offer(3);
        assertEquals(Arrival.NEW, channel.check(0, 1, false));
        assertEquals(Arrival.NR_OUT_OF_WINDOW, channel.check(0, 2, false), "not sent yet");
        assertEquals(Arrival.NR_OUT_OF_WINDOW, channel.check(0, 65_535, false), "never was");
        acknowledge(1);
        assertEquals(Arrival.NEW, channel.check(0, 0, false), "a message that was overtaken");
        assertEquals(Arrival.NR_OUT_OF_WINDOW, channel.check(0, 65_535, false));
        acknowledgeAllUntil(3);
        for (int i = 4; i <= 200; i++) {
            offer(1);
            acknowledge(i);
        }
        assertEquals(Arrival.NEW, channel.check(0, 200 - 64, false));
        assertEquals(Arrival.NR_OUT_OF_WINDOW, channel.check(0, 200 - 65, false), "a window back, no more");
    }

    @Test
    void aZlbFarFromTheSequenceIsNotTaken() {
        assertEquals(Arrival.ACKNOWLEDGEMENT, channel.check(0, 0, true));
        assertEquals(Arrival.ACKNOWLEDGEMENT, channel.check(8, 0, true));
        assertEquals(Arrival.NS_OUT_OF_WINDOW, channel.check(9, 0, true));
        assertEquals(Arrival.NS_OUT_OF_WINDOW, channel.check(30_000, 0, true));
        assertEquals(Arrival.NR_OUT_OF_WINDOW, channel.check(0, 1, true));
    }

    // Acknowledging

    @Test
    void anAcknowledgementWaitsForAMessageToRideOn() {
        arrives(0);
        assertEquals(20, channel.nextTimeoutMillis());
        offer(1);
        assertEquals(List.of("0 first"), sent);
        assertEquals(1, lastNr);
        assertEquals(1_000, channel.nextTimeoutMillis(), "no ZLB is due any more");
    }

    @Test
    void withoutAMessageOneZlbAcknowledgesAll() {
        arrives(0);
        arrives(1);
        arrives(2);
        now = 20;
        channel.timeout(now);
        assertEquals(List.of("zlb 3"), sent);
        assertEquals(Long.MAX_VALUE, channel.nextTimeoutMillis());
    }

    @Test
    void halfAWindowIsAcknowledgedAtOnceButAfterTheBatch() {
        now = 100;
        for (int ns = 0; ns < 8; ns++) {
            arrives(ns);
        }
        assertTrue(sent.isEmpty());
        assertEquals(100, channel.nextTimeoutMillis());
        channel.timeout(now);
        assertEquals(List.of("zlb 8"), sent);
    }

    @Test
    void duplicatesGetOneZlbInHundredMilliseconds() {
        arrives(0);
        now = 20;
        channel.timeout(now);
        sent.clear();
        for (now = 1_000; now < 2_000; now += 10) {
            arrives(0);
            channel.timeout(now);
        }
        assertTrue(sent.size() >= 8 && sent.size() <= 10, () -> sent.toString());
        assertEquals("zlb 1", sent.get(0));
    }

    @Test
    void anOutOfOrderMessageIsAcknowledgedWithWhatIsExpected() {
        arrives(1);
        now = 20;
        channel.timeout(now);
        assertEquals(List.of("zlb 0"), sent);
    }

    @Test
    void aZlbIsNeverAcknowledged() {
        for (int i = 0; i < 10; i++) {
            assertEquals(Arrival.ACKNOWLEDGEMENT, channel.check(0, 0, true));
            channel.acknowledge(0, now);
        }
        assertEquals(Long.MAX_VALUE, channel.nextTimeoutMillis());
    }

    @Test
    void untilThePeerIsKnownToBeThereNothingIsSentByItself() {
        channel = new ReliableChannel<>(new ChannelConfig(4, 4, 10, 1_000, 5, 0), 1, false, this);
        offer(1);
        assertTrue(sent.isEmpty());
        channel.repeatFirst();
        channel.repeatFirst();
        assertEquals(List.of("0 first", "0 again"), sent);
        assertEquals(Long.MAX_VALUE, channel.nextTimeoutMillis());
        channel.activate(500);
        assertEquals(1_500, channel.nextTimeoutMillis());
    }

    private int lastNr;
    private int offered;

    private void offer(int count) {
        for (int i = 0; i < count; i++) {
            String name = "message " + offered++;
            assertTrue(channel.send(HELLO.clone(), name, () -> acknowledged.add(name)));
        }
        channel.flush(now);
    }

    private void acknowledge(int nr) {
        assertEquals(Arrival.ACKNOWLEDGEMENT, channel.check(channel.nr(), nr & 0xffff, true));
        channel.acknowledge(nr & 0xffff, now);
        channel.flush(now);
    }

    private void acknowledgeAllUntil(int nr) {
        while (channel.acknowledged() != nr) {
            acknowledge(Math.min(nr, channel.acknowledged() + channel.outstanding()));
        }
    }

    private void expireFirst() {
        now = channel.nextTimeoutMillis();
        channel.timeout(now);
    }

    private void arrives(int ns) {
        switch (channel.check(ns, channel.acknowledged(), false)) {
            case NEW -> channel.arrived(ns, Integer.toString(ns), now);
            case DUPLICATE -> channel.duplicate(now);
            default -> throw new AssertionError("Ns " + ns + " is outside the window");
        }
    }

    @Override
    public void transmit(ByteBuffer datagram, Sending sending) {
        lastNr = Datagram.nr(datagram);
        sent.add(switch (sending) {
            case FIRST -> Datagram.ns(datagram) + " first";
            case AGAIN -> Datagram.ns(datagram) + " again";
            case ZLB -> "zlb " + Datagram.nr(datagram);
        });
    }

    @Override
    public void deliver(String message) {
        delivered.add(message);
    }

    @Override
    public void unreachable(String name) {
        unreachable = name;
    }
}
