package org.isthmus.ppp.mppe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What one end encrypts the other decrypts, whatever the line does between them. */
class MppeTest {
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    private static MppeSender sender(MppeStrength strength, boolean stateless) {
        return new MppeSender(strength, stateless, KEY);
    }

    private static MppeReceiver receiver(MppeStrength strength, boolean stateless) {
        return new MppeReceiver(strength, stateless, KEY);
    }

    /** An IPv4 packet behind its PPP protocol, with a number in it. */
    private static byte[] packet(int number) {
        return ByteBuffer.allocate(64).putShort((short) 0x0021).put((byte) 0x45).putInt(40, number).array();
    }

    private static byte[] encrypt(MppeSender sender, byte[] packet) {
        ByteBuffer frame = ByteBuffer.allocate(8 + packet.length).position(8).put(packet).position(8);
        sender.encrypt(frame);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** The packet that comes out, or null. */
    private static byte[] decrypt(MppeReceiver receiver, byte[] frame) {
        assertEquals(0x00fd, ByteBuffer.wrap(frame).getShort());
        ByteBuffer bytes = ByteBuffer.wrap(frame.clone());
        int at = receiver.decrypt(bytes, 2, frame.length);
        return at < 0 ? null : Arrays.copyOfRange(bytes.array(), at, frame.length);
    }

    @ParameterizedTest
    @CsvSource({"BITS_128,true", "BITS_128,false", "BITS_56,true", "BITS_56,false", "BITS_40,true", "BITS_40,false"})
    void everyPacketOfALongRowComesOutAsItWentIn(MppeStrength strength, boolean stateless) {
        MppeSender sender = sender(strength, stateless);
        MppeReceiver receiver = receiver(strength, stateless);
        for (int i = 0; i < 10_000; i++) {
            byte[] frame = encrypt(sender, packet(i));
            assertEquals(64 + MppeSender.OVERHEAD, frame.length);
            assertArrayEquals(packet(i), decrypt(receiver, frame), "packet " + i);
        }
    }

    @Test
    void theHeaderIsThatOfRfc3078() {
        MppeSender stateless = sender(MppeStrength.BITS_128, true);
        assertEquals(0x9000, ByteBuffer.wrap(encrypt(stateless, packet(0))).getShort(2) & 0xffff, "flushed, encrypted, number 0");
        assertEquals(0x9001, ByteBuffer.wrap(encrypt(stateless, packet(1))).getShort(2) & 0xffff);
        MppeSender stateful = sender(MppeStrength.BITS_128, false);
        for (int i = 0; i < 300; i++) {
            boolean flag = i == 255 || i == 290;
            if (i == 290) {
                stateful.flush();
            }
            assertEquals((flag ? 0x9000 : 0x1000) | i, ByteBuffer.wrap(encrypt(stateful, packet(i))).getShort(2) & 0xffff);
        }
    }

    @Test
    void theSamePacketNeverLooksTheSame() {
        for (boolean stateless : new boolean[] {true, false}) {
            MppeSender sender = sender(MppeStrength.BITS_128, stateless);
            byte[] first = encrypt(sender, packet(7));
            byte[] second = encrypt(sender, packet(7));
            assertNotEquals(Arrays.toString(Arrays.copyOfRange(first, 4, 68)), Arrays.toString(Arrays.copyOfRange(second, 4, 68)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutStateLossCostsOnlyWhatIsLost(MppeStrength strength) {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            MppeSender sender = sender(strength, true);
            MppeReceiver receiver = receiver(strength, true);
            for (int i = 0; i < 2_000; i++) {
                byte[] frame = encrypt(sender, packet(i));
                if (random.nextInt(100) >= 30 && (i < 500 || i > 1_500)) {
                    assertArrayEquals(packet(i), decrypt(receiver, frame), "seed " + seed + ", packet " + i);
                }
            }
        }
    }

    @Test
    void withoutStateOvertakenAndDoubledPacketsAreDroppedAndHarmNothing() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            MppeSender sender = sender(MppeStrength.BITS_128, true);
            MppeReceiver receiver = receiver(MppeStrength.BITS_128, true);
            TreeMap<Integer, List<Integer>> line = new TreeMap<>();
            List<byte[]> frames = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                frames.add(encrypt(sender, packet(i)));
                for (int copy = random.nextInt(10) == 0 ? 2 : 1; copy > 0; copy--) {
                    line.computeIfAbsent(i + (random.nextInt(10) == 0 ? random.nextInt(20) : 0), at -> new ArrayList<>()).add(i);
                }
            }
            int newest = -1;
            for (List<Integer> arrived : line.values()) {
                for (int i : arrived) {
                    byte[] out = decrypt(receiver, frames.get(i));
                    assertArrayEquals(i > newest ? packet(i) : null, out, "seed " + seed + ", packet " + i);
                    newest = Math.max(newest, i);
                }
            }
            assertTrue(newest > 2_900);
        }
    }

    @Test
    void whatWasForgedOrDamagedTakesNoGoodPacketWithIt() {
        Random random = new Random(5);
        MppeSender sender = sender(MppeStrength.BITS_128, true);
        MppeReceiver receiver = receiver(MppeStrength.BITS_128, true);
        for (int i = 0; i < 2_000; i++) {
            byte[] forged = new byte[30];
            random.nextBytes(forged);
            ByteBuffer.wrap(forged).putShort((short) 0x00fd).putShort((short) (0x9000 | random.nextInt(4096)));
            assertEquals(null, decrypt(receiver, forged));
            assertArrayEquals(packet(i), decrypt(receiver, encrypt(sender, packet(i))), "packet " + i);
        }
    }

    /** Each Reset-Request arrives some packets later, and its answer may be lost as well. */
    @ParameterizedTest
    @EnumSource
    void withStateAnEndThatLostSomethingIsBackAfterAReset(MppeStrength strength) {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            MppeSender sender = sender(strength, false);
            MppeReceiver receiver = receiver(strength, false);
            int out = 0;
            int resetAt = -1;
            int loss = seed % 10;
            for (int i = 0; i < 6_000; i++) {
                if (i == resetAt) {
                    sender.flush();
                    resetAt = -1;
                }
                byte[] frame = encrypt(sender, packet(i));
                if (i < 5_800 && random.nextInt(100) < loss) {
                    continue;
                }
                ByteBuffer bytes = ByteBuffer.wrap(frame);
                int at = receiver.decrypt(bytes, 2, frame.length);
                if (at >= 0) {
                    assertArrayEquals(packet(i), Arrays.copyOfRange(frame, at, frame.length), "seed " + seed + ", packet " + i);
                    out++;
                } else if (at == MppeReceiver.OUT_OF_STEP && resetAt < 0) {
                    resetAt = i + 3;
                }
                if (i > 5_850) {
                    assertTrue(at >= 0, "seed " + seed + ", packet " + i + ": all comes out once nothing is lost any more");
                }
            }
            assertTrue(loss > 0 || out == 6_000);
        }
    }

    /** An end that follows the letter of RFC 3078 section 8.2 keeps its key when it begins anew. */
    @Test
    void withStateAnAnswerUnderTheOldKeyIsTakenToo() {
        SessionKey peer = new SessionKey(MppeStrength.BITS_128, KEY);
        MppeReceiver receiver = receiver(MppeStrength.BITS_128, false);
        for (int i = 0; i < 250; i++) {
            byte[] frame = new byte[68];
            ByteBuffer bytes = ByteBuffer.wrap(frame).putShort((short) 0x00fd);
            boolean begins = i == 100;
            if (begins) {
                peer.restart();
            }
            bytes.putShort((short) ((begins ? 0x9000 : 0x1000) | i)).put(packet(i));
            peer.crypt(bytes, 4, 68);
            boolean lost = i == 90;
            byte[] out = lost ? null : decrypt(receiver, frame);
            assertArrayEquals(i < 90 || i >= 100 ? packet(i) : null, out, "packet " + i);
        }
    }

    @Test
    void withoutStateALongGapIsTold() {
        MppeSender sender = sender(MppeStrength.BITS_128, true);
        MppeReceiver receiver = receiver(MppeStrength.BITS_128, true);
        for (int i = 0; i < 3_000; i++) {
            encrypt(sender, packet(i));
        }
        boolean told = false;
        for (int i = 0; i < 200; i++) {
            told |= receiver.decrypt(ByteBuffer.wrap(encrypt(sender, packet(i))), 2, 68) == MppeReceiver.OUT_OF_STEP;
        }
        assertTrue(told);
    }
}
