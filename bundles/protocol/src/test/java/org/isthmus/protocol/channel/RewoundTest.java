package org.isthmus.protocol.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A channel goes on from a checkpoint from which another one had gone on before. */
class RewoundTest extends ChannelBench {

    /** One message is not acknowledged yet, three came; then a HELLO is sent to find out where the peer is. */
    private void rewind() {
        for (int ns = 0; ns < 3; ns++) {
            arrives(ns);
        }
        channel.peerWindow(8);
        offer(1);
        ChannelCheckpoint before = channel.checkpoint(acknowledged -> 0, now);
        channel = channel(8, 20);
        channel.resume(before, tag -> () -> acknowledged.add("resumed"), now);
        offer(1);
        channel.rewind();
        channel.flush(now);
        sent.clear();
    }

    private void comes(int ns, int nr, boolean isZlb) {
        channel.catchUp(ns, nr, isZlb, now);
        switch (channel.check(ns, nr, isZlb)) {
            case NEW -> {
                channel.acknowledge(nr, now);
                channel.arrived(ns, Integer.toString(ns), now);
            }
            case ACKNOWLEDGEMENT, DUPLICATE -> channel.acknowledge(nr, now);
            default -> sent.add("refused");
        }
        channel.flush(now);
    }

    @Test
    void whereNothingHappenedMeanwhileItGoesOnAsUsual() {
        rewind();
        comes(3, 1, true);
        comes(3, 2, true);
        offer(1);
        comes(3, 2, false);
        assertEquals(List.of("1 first", "2 first"), sent);
        assertEquals(List.of("0", "1", "2", "3"), delivered);
        assertEquals(Arrival.NR_OUT_OF_WINDOW, channel.check(4, 9, true), "the peer is believed once");
    }

    @Test
    void nothingIsSentBehindTheHelloBeforeThePeerHasSaidWhereItIs() {
        rewind();
        offer(2);
        assertEquals(List.of(), sent, "of them the peer would think that it has them");
        comes(3, 6, true);
        comes(3, 7, true);
        assertEquals(List.of("6 first", "7 first"), sent);
        assertEquals(List.of("resumed", "message 1", "message 2"), acknowledged);
    }

    @Test
    void whatTheOtherOneAcknowledgedIsNotWaitedFor() {
        rewind();
        comes(6, 2, false);
        comes(7, 2, false);
        assertEquals(List.of("0", "1", "2"), delivered, "3 may be on its way");
        comes(6, 2, false);
        assertEquals(List.of("0", "1", "2", "6", "7"), delivered, "sent again: it is the peer's oldest");
        comes(8, 2, false);
        comes(10, 2, false);
        comes(10, 2, false);
        comes(9, 2, false);
        assertEquals(List.of("0", "1", "2", "6", "7", "8", "9", "10"), delivered, "the order holds again");
    }

    @Test
    void aPeerThatIsFurtherThanOurWindowIsFollowedAtOnce() {
        rewind();
        comes(40, 2, false);
        assertEquals(List.of("0", "1", "2", "40"), delivered);
    }

    @Test
    void nobodyIsFollowedFurtherThanThat() {
        rewind();
        comes(3 + Rewound.MOST + 1, 2, false);
        comes(3, 1 + Rewound.MOST, true);
        assertEquals(List.of("refused", "refused"), sent);
    }

    @Test
    void aMessageThatWasOnItsWayIsWaitedFor() {
        rewind();
        comes(4, 2, false);
        comes(3, 2, false);
        assertEquals(List.of("0", "1", "2", "3", "4"), delivered);
        comes(6, 2, false);
        comes(6, 2, false);
        assertEquals(List.of("0", "1", "2", "3", "4"), delivered, "all fits again: 5 is still to come");
    }
}
