package org.isthmus.handover.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import org.junit.jupiter.api.Test;

/** What is written is read again, by this version and by those before and after it. */
class RecordsTest {
    private enum Colour { RED, BLUE }

    private sealed interface Shape permits Circle, Box {
    }

    private record Circle(int radius) implements Shape {
    }

    private record Box(int width, int height) implements Shape {
    }

    private record All(boolean flag, int small, long large, String text, Colour colour, InetAddress address,
            InetSocketAddress socket, Instant since, Duration rest, Circle circle, Shape shape, Optional<String> maybe,
            OptionalInt maybeSmall, OptionalLong maybeLarge, List<Shape> shapes, Set<Colour> colours, Map<Colour, String> names) {
    }

    private static All all() throws Exception {
        InetAddress address = InetAddress.getByName("2001:db8::1");
        return new All(true, -1, Long.MIN_VALUE, "früh", Colour.BLUE, address, new InetSocketAddress(address, 50_001),
                Instant.parse("2026-11-30T20:27:19.123456789Z"), Duration.ofMillis(-3), new Circle(4), new Box(1, 0),
                Optional.of(""), OptionalInt.of(0), OptionalLong.of(7), List.of(new Circle(1), new Box(2, 3)),
                Set.of(Colour.RED), Map.of(Colour.RED, "rot"));
    }

    private static <R extends Record> R again(Record written, Class<R> type) throws UnreadableException {
        return Records.read(type, ByteBuffer.wrap(Records.write(written)));
    }

    @Test
    void everythingIsReadAsItWasWritten() throws Exception {
        assertEquals(all(), again(all(), All.class));
    }

    private record Old(String name, int size) {
    }

    private record New(String name, int size, String remark, Optional<Circle> circle, List<String> names) {
    }

    @Test
    void aNewerVersionReadsWhatAnOlderOneWrote() throws Exception {
        assertEquals(new New("a", 1, "", Optional.empty(), List.of()), again(new Old("a", 1), New.class));
    }

    @Test
    void anOlderVersionSkipsWhatANewerOneAdded() throws Exception {
        assertEquals(new Old("a", 1), again(new New("a", 1, "b", Optional.of(new Circle(2)), List.of("c")), Old.class));
    }

    private record Checked(int positive) {
        Checked {
            if (positive <= 0) {
                throw new IllegalArgumentException("not positive");
            }
        }
    }

    @Test
    void whatARecordRefusesIsUnreadable() {
        assertThrows(UnreadableException.class, () -> Records.read(Checked.class, ByteBuffer.allocate(0)));
        assertThrows(UnreadableException.class, () -> Records.read(All.class, ByteBuffer.allocate(0)), "constants are missing");
    }

    private record Nest(List<Nest> nests) {
    }

    @Test
    void recordsWithinRecordsHaveAnEnd() {
        byte[] deep = {};
        for (int i = 0; i < 200; i++) {
            deep = new FieldWriter().octets(1, deep).toBytes();
        }
        byte[] octets = deep;
        assertThrows(UnreadableException.class, () -> Records.read(Nest.class, ByteBuffer.wrap(octets)));
    }

    private record Foreign(Thread thread) {
    }

    @Test
    void whatCannotBeWrittenIsAMistakeInTheProgram() {
        assertThrows(IllegalArgumentException.class, () -> Records.write(new Foreign(Thread.currentThread())));
    }
}
