package org.isthmus.protocol.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Order, windows and acknowledgements of what a {@link ReliableChannel} receives (RFC 2661 section 5.8). */
class ReceivingTest extends ChannelBench {

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
}
