package org.isthmus.core.admission;

import java.util.Objects;
import java.util.Optional;

import org.isthmus.core.counters.Counter;
import org.isthmus.core.counters.Counters;

/**
 * What stands between a request for a tunnel (SCCRQ) and the engine. Anybody can send one, from a forged address too, so
 * what it may cost is bounded in time (rates) and in memory (places for tunnels that are not yet up).
 *
 * <p>The engine asks in this order: {@link #admit} or {@link #admitPeer} before the AVPs are read; {@link #open} when the
 * request is not a repetition; {@link #close} when the tunnel is up or gone.
 *
 * <p>Unknown peers share one bucket and a number of places. Known ones, which a peer profile matches by address or which
 * have a tunnel up, do not take from that bucket and have as many places of their own: a flood from forged addresses
 * does not lock them out. Nothing is refused for want of a place: the tunnel that has been half-open for longest gives
 * way, first of the same source if that has all it may have.
 *
 * <p>An address is a pair of numbers: of IPv6 the upper and the lower 64 bits, of IPv4 zero and the address. Each worker
 * has a front door of its own, with its share of the limits ({@link AdmissionLimits}). Not for use by several threads.
 *
 * @param <T> the engine's tunnels
 */
public final class FrontDoor<T> {
    private static final int LOG_LINES_PER_SECOND = 10;

    private final Counters counters;
    private final LogRate log = new LogRate(LOG_LINES_PER_SECOND);
    private final TokenBucket unknownRequests = new TokenBucket();
    private final TokenBucket calls = new TokenBucket();
    private final HalfOpenPool<T> unknown;
    private final HalfOpenPool<T> known;
    private final PeerTable<HalfOpen<T>> halfOpen;
    private final PeerTable<int[]> tunnelsUp; // under address, port 0 and id 0: how many there are
    private AdmissionLimits limits;

    /**
     * @param limits   this worker's share
     * @param counters this worker's counters
     * @param seed     a random number that peers cannot guess
     */
    public FrontDoor(AdmissionLimits limits, Counters counters, long seed) {
        this.limits = Objects.requireNonNull(limits);
        this.counters = Objects.requireNonNull(counters);
        this.unknown = new HalfOpenPool<>(seed);
        this.known = new HalfOpenPool<>(seed);
        this.halfOpen = new PeerTable<>(seed);
        this.tunnelsUp = new PeerTable<>(seed);
    }

    /** New limits hold at once; if there are fewer places now, those in use beyond them come back as they end. */
    public void limits(AdmissionLimits newLimits) {
        limits = Objects.requireNonNull(newLimits);
    }

    /** Whether a request from an address that no peer profile names is looked at. Each refusal is counted. */
    public Admission admit(long high, long low, long nowMillis) {
        if (isUp(high, low)) {
            return known.sources.of(high, low).requests.take(limits.sccrqSourceRate(), nowMillis)
                    ? Admission.ADMITTED : refuse(Admission.LIMITED_SOURCE, Counter.SCCRQ_RATE_LIMITED_SOURCE);
        }
        // The source comes first: what one sends beyond its share takes nothing from the others.
        if (!unknown.sources.of(high, low).requests.take(limits.sccrqSourceRate(), nowMillis)) {
            return refuse(Admission.LIMITED_SOURCE, Counter.SCCRQ_RATE_LIMITED_SOURCE);
        }
        return unknownRequests.take(limits.sccrqRate(), nowMillis)
                ? Admission.ADMITTED : refuse(Admission.LIMITED_GLOBAL, Counter.SCCRQ_RATE_LIMITED_GLOBAL);
    }

    /**
     * Whether a request from an address that a peer profile names is looked at.
     *
     * @param perSecond the profile's {@code sccrq_rate_limit}, 0 for no limit
     */
    public Admission admitPeer(long high, long low, int perSecond, long nowMillis) {
        return known.sources.of(high, low).requests.take(perSecond, nowMillis)
                ? Admission.ADMITTED : refuse(Admission.LIMITED_PEER, Counter.SCCRQ_RATE_LIMITED_PEER);
    }

    /** The half-open tunnel that this peer has asked for before. */
    Optional<HalfOpen<T>> find(long high, long low, int port, int peerTunnelId) {
        return Optional.ofNullable(halfOpen.find(high, low, port, peerTunnelId));
    }

    /**
     * Takes a place for a tunnel. One with the same address, port and id gives way: its peer has begun anew.
     *
     * @param isPeer whether a peer profile names the address
     * @return the place, and the tunnel that had to give way for it: it has no place any more and is to be forgotten
     *     without a word, since its peer may not be whom it says
     */
    public Opened<T> open(long high, long low, int port, int peerTunnelId, boolean isPeer, T tunnel) {
        boolean isKnown = isPeer || isUp(high, low);
        HalfOpenPool<T> pool = isKnown ? known : unknown;
        // One known peer, or somebody who forges its address, may have half of the places of all.
        int perSource = isKnown ? Math.max(limits.halfOpenPerSource(), limits.halfOpen() / 2) : limits.halfOpenPerSource();
        Source<T> source = pool.sources.of(high, low);
        Optional<HalfOpen<T>> victim = find(high, low, port, peerTunnelId)
                .or(() -> pool.victim(source, limits.halfOpen(), perSource));
        victim.ifPresent(oldest -> {
            counters.count(oldest.source == source ? Counter.HALF_OPEN_DROPPED_SOURCE
                    : isKnown ? Counter.HALF_OPEN_DROPPED_KNOWN : Counter.HALF_OPEN_DROPPED);
            close(oldest);
        });
        HalfOpen<T> place = new HalfOpen<>(high, low, port, peerTunnelId, pool, source, tunnel);
        halfOpen.put(high, low, port, peerTunnelId, place);
        pool.add(place);
        return new Opened<>(place, victim.map(HalfOpen::tunnel));
    }

    /** Gives a place back: its tunnel is up, or gone. Does nothing when that has happened before. */
    public void close(HalfOpen<T> place) {
        if (halfOpen.find(place.high, place.low, place.port, place.peerTunnelId) == place) {
            halfOpen.remove(place.high, place.low, place.port, place.peerTunnelId);
            place.pool.remove(place);
        }
    }

    /** A tunnel with this address came up, whoever asked for it; from now on the address is known. */
    public void tunnelUp(long high, long low) {
        int[] count = tunnelsUp.find(high, low, 0, 0);
        if (count == null) {
            count = new int[1];
            tunnelsUp.put(high, low, 0, 0, count);
        }
        count[0]++;
    }

    /** A tunnel that was up is no more. */
    public void tunnelDown(long high, long low) {
        int[] count = tunnelsUp.find(high, low, 0, 0);
        if (count != null && --count[0] == 0) {
            tunnelsUp.remove(high, low, 0, 0);
        }
    }

    /** Whether a call that a peer asks for is accepted now. Each refusal is counted. */
    public boolean admitCall(long nowMillis) {
        if (calls.take(limits.callRate(), nowMillis)) {
            return true;
        }
        counters.count(Counter.CALL_RATE_LIMITED);
        return false;
    }

    /** Whether a line about a peer that has no tunnel up may be logged. */
    public LogRate log() {
        return log;
    }

    /** How many tunnels of unknown peers are half-open. */
    public int halfOpenUnknown() {
        return unknown.size();
    }

    /** How many tunnels of known peers are half-open. */
    public int halfOpenKnown() {
        return known.size();
    }

    /** How many sources are remembered; bounded, whatever arrives. */
    int sourcesRemembered() {
        return unknown.sources.size() + known.sources.size();
    }

    private boolean isUp(long high, long low) {
        return tunnelsUp.find(high, low, 0, 0) != null;
    }

    private Admission refuse(Admission answer, Counter counter) {
        counters.count(counter);
        return answer;
    }

    /**
     * A place that was taken.
     *
     * @param place  the place
     * @param victim the tunnel that lost its own for it
     */
    public record Opened<T>(HalfOpen<T> place, Optional<T> victim) {
    }
}
