package org.isthmus.dataplane.user;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Lets the numbered packets of a session out in order. Without a time-out, each goes out as it comes, and those behind it are
 * dropped. With one, a packet that comes early is kept until those before it are there, the time-out has passed, or
 * {@link #WINDOW} packets would have to be kept; a gap is given up then. None goes out twice. For one thread.
 *
 * <p>What is kept is copied into memory of the tunnel's, {@link #WINDOW} places for packets of the session's size, which the session
 * has only while it keeps some. A packet that is longer, or for which there is no memory, does not wait and takes those before it along.
 */
final class Resequencer {

    /** Packets that may be kept, a power of two. */
    static final int WINDOW = 64;
    static final long NEVER = Long.MAX_VALUE;

    /** Where packets go. */
    interface Outlet {
        /**
         * Takes the packet between two offsets of a buffer.
         *
         * @param room bytes in front of it that may be written over
         */
        void deliver(ByteBuffer packet, int at, int end, int room);
    }

    private final Outlet outlet;
    private final SessionCounters counters;
    private final SequenceNumbers numbers;
    private final int timeoutMillis;
    private final int placeBytes;
    private final ReorderPlaces memory;
    /** Null while nothing is kept. */
    private ByteBuffer places;
    private final int[] lengths;
    private final long[] deadlines;
    private int nextPlace;
    private int kept;
    private int highest;
    private long deadline = NEVER;

    /**
     * @param bits          of a number, 16 or 24
     * @param timeoutMillis how long a packet may be kept; 0 keeps none
     * @param packetBytes   the longest packet that can be kept
     */
    Resequencer(Outlet outlet, SessionCounters counters, int bits, int timeoutMillis, int packetBytes, ReorderPlaces memory) {
        this.outlet = outlet;
        this.counters = counters;
        this.numbers = new SequenceNumbers(bits);
        this.timeoutMillis = timeoutMillis;
        this.placeBytes = packetBytes;
        this.memory = memory;
        this.lengths = new int[timeoutMillis == 0 ? 0 : WINDOW];
        this.deadlines = new long[lengths.length];
    }

    /** When {@link #timeout} is to be called, or {@link #NEVER}: when something that is kept has waited long enough, or before. */
    long deadline() {
        return deadline;
    }

    /** Takes the packet with this number, which lies between two offsets. */
    void arrived(ByteBuffer packet, int at, int end, int number, long nowMillis) {
        if (!numbers.isStarted()) {
            // The first number is the first, unless it is small enough to have overtaken number 0.
            numbers.start(timeoutMillis > 0 && number < WINDOW ? 0 : number);
        }
        int ahead = numbers.ahead(number);
        if (ahead < 0) {
            if (!numbers.startsAnew(number)) {
                behind(number);
                return;
            }
            giveUp(WINDOW);
            numbers.start(number);
            ahead = 0;
        }
        if (ahead >= WINDOW) {
            giveUp(ahead - WINDOW + 1);
            passKept();
            ahead = numbers.ahead(number);
        }
        if (ahead > 0 && !canKeep(end - at)) {
            giveUp(ahead);
            ahead = 0;
        }
        if (ahead == 0) {
            if (kept > 0) {
                counters.rxReordered++;
            }
            pass(packet, at, end, at - packet.position());
            passKept();
            release();
        } else {
            keep(packet, at, end, number, ahead, nowMillis);
        }
    }

    private void behind(int number) {
        if (numbers.hasPassed(number)) {
            counters.rxDuplicate++;
        } else {
            counters.rxLate++;
        }
    }

    private boolean canKeep(int bytes) {
        if (timeoutMillis > 0 && bytes <= placeBytes && places == null) {
            places = memory.take(WINDOW * placeBytes);
        }
        return timeoutMillis > 0 && bytes <= placeBytes && places != null;
    }

    private void keep(ByteBuffer packet, int at, int end, int number, int ahead, long nowMillis) {
        int place = nextPlace + ahead & WINDOW - 1;
        if (lengths[place] != 0) {
            counters.rxDuplicate++;
            return;
        }
        if (kept > 0 && ahead < numbers.ahead(highest)) {
            counters.rxReordered++;
        } else {
            highest = number;
        }
        places.clear().put(place * placeBytes, packet, at, end - at);
        lengths[place] = 1 + end - at;
        deadlines[place] = nowMillis + timeoutMillis;
        deadline = Math.min(deadline, deadlines[place]);
        kept++;
    }

    /** Lets those go that have waited long enough, with all that are kept before them. */
    void timeout(long nowMillis) {
        if (deadline > nowMillis) {
            return;
        }
        deadline = NEVER;
        for (int ahead = WINDOW - 1; ahead > 0; ahead--) {
            int place = nextPlace + ahead & WINDOW - 1;
            if (lengths[place] != 0 && deadlines[place] <= nowMillis) {
                giveUp(ahead);
                break;
            }
        }
        passKept();
        release();
        for (int place = 0; place < WINDOW && kept > 0; place++) {
            if (lengths[place] != 0) {
                deadline = Math.min(deadline, deadlines[place]);
            }
        }
    }

    /** Drops what is kept. */
    void clear() {
        kept = 0;
        Arrays.fill(lengths, 0);
        release();
    }

    /** Stops waiting for so many numbers; what is kept of them goes out. */
    private void giveUp(int count) {
        int left = count;
        for (; left > 0 && kept > 0; left--) {
            if (lengths[nextPlace] != 0) {
                passNextPlace();
            } else {
                numbers.skip(1);
                nextPlace = nextPlace + 1 & WINDOW - 1;
            }
        }
        numbers.skip(left);
        nextPlace = nextPlace + left & WINDOW - 1;
    }

    private void passKept() {
        while (kept > 0 && lengths[nextPlace] != 0) {
            passNextPlace();
        }
    }

    private void passNextPlace() {
        int at = nextPlace * placeBytes;
        int length = lengths[nextPlace] - 1;
        lengths[nextPlace] = 0;
        kept--;
        pass(places.clear(), at, at + length, 0);
    }

    /** The packet with the expected number goes out. */
    private void pass(ByteBuffer packet, int at, int end, int room) {
        numbers.pass();
        nextPlace = nextPlace + 1 & WINDOW - 1;
        outlet.deliver(packet, at, end, room);
    }

    /** Gives the memory back if nothing is kept. */
    private void release() {
        if (kept == 0 && places != null) {
            memory.give(places);
            places = null;
            deadline = NEVER;
        }
    }
}
