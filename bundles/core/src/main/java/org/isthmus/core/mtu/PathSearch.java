package org.isthmus.core.mtu;

import org.isthmus.protocol.tunnel.ProbeOutcome;

/**
 * Finds out how large packets may be on one way, from what ICMP says and from probes of its own, so that it also works where ICMP is
 * filtered (RFC 4821, RFC 8899). Sizes are those of whole packets in bytes, IP header included.
 *
 * <p>It begins with the largest packet that somebody wants to send, which on most ways arrives, and then there is nothing to do. If it
 * is lost, packets may have only the least size until it is known which size gets through: the middle between what arrived and what
 * did not is tried until the two are close. A size counts as lost when three probes of it were. What was found is confirmed every
 * minute, since a way may change for the worse without a word; larger packets are tried every ten minutes, since it may have
 * become better.
 */
public final class PathSearch {
    /** Larger than any packet. */
    public static final int UNLIMITED = 65_535;
    /** A {@link #nextTimeoutMillis} that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    static final int PROBES_OF_A_SIZE = 3;
    static final int CLOSE_BYTES = 4;
    static final long BUSY_MILLIS = 500;
    static final long CONFIRM_MILLIS = 60_000;
    static final long RAISE_MILLIS = 600_000;

    private final int least;
    private final boolean probes;
    private final Way way;
    /** The largest packet that somebody wants to send; 0 for nobody. */
    private int wanted;
    /** How large packets may be now. */
    private int limit = UNLIMITED;
    /** The largest size that is known to arrive. */
    private int arrives;
    /** No larger size is tried in this search. */
    private int ceiling;
    /** The size that is being tried, whether its probe is on its way or waits; 0 for none. */
    private int tried;
    private int losses;
    /** The size of the probe that is on its way, which may have become one of no interest; 0 for none. */
    private int onItsWay;
    private long tryAt = NEVER;
    private long confirmAt = NEVER;
    private long raiseAt = NEVER;

    /** The way that is searched. */
    public interface Way {
        /**
         * Sends a probe of this size; {@link PathSearch#probed} says what became of it.
         *
         * @return false if that cannot be done now
         */
        boolean probe(int bytes);

        /** Packets may be so large from now on: {@link PathSearch#UNLIMITED} if nothing is known against it. */
        void limited(int bytes);
    }

    /**
     * @param least  the size that every way takes, below which nothing is believed and nothing is tried
     * @param probes whether there are probes; without them what ICMP says holds for ten minutes
     */
    public PathSearch(int least, boolean probes, Way way) {
        this.least = least;
        this.probes = probes;
        this.way = way;
        this.arrives = least;
    }

    /** How large packets may be now. */
    public int limit() {
        return limit;
    }

    /** Somebody wants to send packets as large as this: whether they arrive is found out. */
    public void want(int bytes, long nowMillis) {
        if (bytes > wanted) {
            wanted = bytes;
            if (probes && limit == UNLIMITED) {
                begin(nowMillis);
            } else if (probes && tried == 0 && arrives < current()) { // the limit was told before anybody wanted anything
                ceiling = current();
                attempt(ceiling, nowMillis);
            }
        }
    }

    /**
     * A router says that it takes packets no larger than this, and can be believed; or this host says so.
     *
     * @return false if that cannot be, or is no news
     */
    public boolean tooBig(int bytes, long nowMillis) {
        if (bytes < least || bytes >= limit && bytes >= tried) {
            return false;
        }
        arrives = Math.min(arrives, bytes);
        limit(Math.min(bytes, limit));
        raiseAt = nowMillis + RAISE_MILLIS;
        if (probes && wanted != 0) {
            ceiling = Math.min(bytes, wanted);
            attempt(ceiling, nowMillis);
        }
        return true;
    }

    /** There may be something wrong with the size of packets: it is found out now. */
    public void doubt(long nowMillis) {
        if (probes && tried == 0 && wanted != 0) {
            attempt(current(), nowMillis);
        }
    }

    /** Tells what became of the probe. */
    public void probed(ProbeOutcome outcome, long nowMillis) {
        int size = onItsWay;
        onItsWay = 0;
        if (outcome == ProbeOutcome.ARRIVED) {
            arrives = Math.max(arrives, size);
        }
        if (size == 0 || tried == 0) {
            return;
        }
        if (outcome == ProbeOutcome.UNKNOWN) {
            tryAt = nowMillis + BUSY_MILLIS;
        } else if (outcome == ProbeOutcome.ARRIVED && size >= tried) {
            next(nowMillis);
        } else if (size != tried) {
            send(nowMillis);
        } else {
            lost(nowMillis);
        }
    }

    private void lost(long nowMillis) {
        if (++losses < PROBES_OF_A_SIZE) {
            send(nowMillis);
            return;
        }
        if (tried <= arrives) { // the way is not what it was
            arrives = least;
        }
        ceiling = tried - 1;
        if (Math.min(limit, wanted) > ceiling) {
            limit(arrives);
            raiseAt = nowMillis + RAISE_MILLIS;
        }
        next(nowMillis);
    }

    /** Tries the next size, or is done. */
    private void next(long nowMillis) {
        if (ceiling - arrives >= CLOSE_BYTES) {
            attempt(arrives + (ceiling - arrives + 1) / 2, nowMillis);
            return;
        }
        tried = 0;
        tryAt = NEVER;
        confirmAt = nowMillis + CONFIRM_MILLIS;
        if (arrives >= wanted) {
            raiseAt = NEVER;
            limit(UNLIMITED);
        } else {
            limit(arrives);
            raiseAt = raiseAt == NEVER || raiseAt <= nowMillis ? nowMillis + RAISE_MILLIS : raiseAt;
        }
    }

    private void raise(long nowMillis) {
        if (probes) {
            begin(nowMillis);
        } else {
            limit(UNLIMITED);
        }
    }

    private void begin(long nowMillis) {
        ceiling = wanted;
        attempt(wanted, nowMillis);
    }

    private void attempt(int bytes, long nowMillis) {
        confirmAt = NEVER;
        tried = bytes;
        losses = 0;
        if (onItsWay == 0) {
            send(nowMillis);
        }
    }

    private void send(long nowMillis) {
        tryAt = NEVER;
        onItsWay = tried;
        if (!way.probe(tried)) {
            onItsWay = 0;
            tryAt = nowMillis + BUSY_MILLIS;
        }
    }

    private void limit(int bytes) {
        if (bytes != limit) {
            limit = bytes;
            way.limited(bytes);
        }
    }

    /** The largest packets that are being sent. */
    private int current() {
        return Math.min(limit, wanted);
    }

    /** Does what is due. */
    public void timeout(long nowMillis) {
        if (tryAt <= nowMillis) {
            send(nowMillis);
        } else if (raiseAt <= nowMillis && tried == 0) {
            raiseAt = NEVER;
            raise(nowMillis);
        } else if (confirmAt <= nowMillis) {
            attempt(current(), nowMillis);
        }
    }

    /** When {@link #timeout} is to be called. */
    public long nextTimeoutMillis() {
        return Math.min(tryAt, tried == 0 ? Math.min(raiseAt, confirmAt) : NEVER);
    }
}
