package org.isthmus.protocol.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows, slow start and retransmission of a {@link ReliableChannel} (RFC 2661 section 5.8 and Appendix A). */
class SendingTest extends ChannelBench {

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
        assertEquals(16, channel.window().congestion());
        sent.clear();
        expireFirst();
        assertEquals(List.of("15 again"), sent, "only the oldest is sent again");
        assertEquals(1, channel.window().congestion());
        assertEquals(8, channel.window().threshold(), "half of what it was");

        List<Integer> windows = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sent.clear();
            acknowledge(channel.acknowledged() + channel.window().congestion());
            windows.add(channel.window().congestion());
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
        assertEquals(3, channel.window().congestion());
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
        assertEquals(64, channel.window().peer());
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
}
