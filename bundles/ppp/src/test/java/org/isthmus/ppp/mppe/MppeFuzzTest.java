package org.isthmus.ppp.mppe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/** A decoder that is sent anything: it never throws, touches nothing outside of the packet, and without state still takes a good packet. */
@Tag("fuzz")
class MppeFuzzTest {
    private static final byte[] KEY = new byte[16];
    private static final int MARGIN = 4;

    /** The first octet chooses strength and state; then come packets, each after its length (1 octet). */
    @FuzzTest(maxDuration = "30s")
    void decrypt(byte[] data) {
        if (data.length == 0) {
            return;
        }
        ByteBuffer input = ByteBuffer.wrap(data);
        int kind = input.get() & 0xff;
        MppeStrength strength = MppeStrength.values()[kind % 3];
        boolean stateless = (kind & 0x80) != 0;
        MppeReceiver receiver = new MppeReceiver(strength, stateless, KEY);
        boolean taken = false;
        while (input.hasRemaining()) {
            int length = Math.min(input.get() & 0xff, input.remaining());
            byte[] around = new byte[length + 2 * MARGIN];
            Arrays.fill(around, (byte) 0x55);
            input.get(around, MARGIN, length);
            byte[] before = around.clone();
            int at = receiver.decrypt(ByteBuffer.wrap(around), MARGIN, MARGIN + length);
            taken |= at >= 0;
            assertTrue(at < 0 || at == MARGIN + 2 && length > 2);
            assertTrue(Arrays.equals(before, 0, MARGIN, around, 0, MARGIN));
            assertTrue(Arrays.equals(before, MARGIN + length, before.length, around, MARGIN + length, around.length));
        }
        if (stateless && !taken) {
            ByteBuffer good = ByteBuffer.allocate(40).position(MARGIN).putShort((short) 0x21).put((byte) 0x45).position(MARGIN);
            new MppeSender(strength, true, KEY).encrypt(good);
            assertEquals(MARGIN, receiver.decrypt(good, 2, 40));
        }
    }
}
