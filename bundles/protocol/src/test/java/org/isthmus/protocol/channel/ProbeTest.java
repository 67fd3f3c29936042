package org.isthmus.protocol.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.junit.jupiter.api.Test;

/** A message that is larger than usual the first time: whether it arrives is told, and nothing else changes. */
class ProbeTest extends ChannelBench implements ProbeListener {

    private static final byte[] LARGE = new MessageWriter(MessageType.HELLO, 7, 0).padding(1_400).toBytes();

    private final List<String> told = new ArrayList<>();

    private boolean probe() {
        return channel.probe(HELLO.clone(), LARGE.clone(), "HELLO", this, now);
    }

    @Test
    void oneThatIsAcknowledgedHasArrived() {
        assertTrue(probe());
        assertEquals(List.of("0 probe of 1400"), sent);
        acknowledge(1);
        assertEquals(List.of("arrived"), told);
        offer(1);
        assertEquals("1 first", sent.get(1));
    }

    @Test
    void oneThatIsLostIsSentAgainInItsUsualSizeAndCostsNoRetryAndNoWindow() {
        offer(1);
        acknowledge(1);
        int window = channel.window().congestion();
        assertTrue(probe());
        expireFirst();
        assertEquals(List.of("lost"), told);
        assertEquals("1 again", sent.get(2));
        assertEquals(window, channel.window().congestion());
        for (int retry = 1; retry <= 5; retry++) {
            expireFirst();
            assertEquals("1 again", sent.get(2 + retry));
            assertNull(unreachable);
        }
        expireFirst();
        assertEquals("HELLO", unreachable, "as many retries as any message");
        assertEquals(List.of("lost"), told);
    }

    @Test
    void nobodyWaitsBehindOne() {
        assertTrue(probe());
        offer(1);
        assertEquals(List.of("0 probe of 1400", "0 again"), sent);
        assertEquals(List.of("spoiled"), told);
        acknowledge(1);
        assertEquals("1 first", sent.get(2));
        acknowledge(2);
        assertEquals(List.of("message 0"), acknowledged);
        assertEquals(List.of("spoiled"), told);
    }

    @Test
    void noAcknowledgementRidesOnOne() {
        arrives(0);
        assertTrue(probe());
        expireFirst();
        assertEquals(List.of("0 probe of 1400", "zlb 1"), sent);
        assertEquals(List.of(), told);
    }

    @Test
    void whileMessagesAreNotAcknowledgedThereIsNone() {
        offer(1);
        assertFalse(probe());
        acknowledge(1);
        assertTrue(probe());
        assertFalse(probe(), "one at a time");
    }

    @Override
    public void arrived() {
        told.add("arrived");
    }

    @Override
    public void lost() {
        told.add("lost");
    }

    @Override
    public void spoiled() {
        told.add("spoiled");
    }
}
