package org.isthmus.ppp;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationVerdict;

/**
 * One PPP link, client or server. It is driven from one thread at a time; {@code nowMillis} is any clock that never
 * goes back, the same for all calls.
 *
 * <p>The life of a link: {@link #open}, then {@link #receive} for each frame and {@link #timeout} whenever
 * {@link #nextTimeoutMillis} is reached, until {@link PppObserver#linkClosed}. A link is used once.
 */
public final class PppLink {
    private final PppConfig config;
    private final PppObserver observer;
    private final RandomGenerator random;

    /**
     * Makes a link that waits for {@link #open}.
     *
     * @param config what it is told beforehand
     * @param observer who is told what happens
     * @param random for magic numbers, challenges and identifiers: a secure one outside of tests
     */
    public PppLink(PppConfig config, PppObserver observer, RandomGenerator random) {
        this.config = config;
        this.observer = observer;
        this.random = random;
    }

    /** Starts: the session below is up, LCP sends its first Configure-Request. */
    public void open(long nowMillis) {
    }

    /**
     * Takes a frame from the peer, with FF 03 or without, the protocol field of one octet or two. IPv4 and IPv6
     * packets belong to the data path and are only counted here. Hostile input never throws.
     *
     * @param frame from position to limit; it is not kept
     */
    public void receive(ByteBuffer frame, long nowMillis) {
    }

    /** Runs the timers that are due. */
    public void timeout(long nowMillis) {
    }

    /** When {@link #timeout} wants to be called, {@link Long#MAX_VALUE} for never. Changes with every other call. */
    public long nextTimeoutMillis() {
        return Long.MAX_VALUE;
    }

    /**
     * Ends the link with a Terminate-Request. {@link PppObserver#linkClosed} follows when the peer has answered, or
     * has not after some tries.
     *
     * @param why for the operator, and for the peer inside of the Terminate-Request; may be empty
     */
    public void close(String why, long nowMillis) {
    }

    /** The session below is gone: the link ends at once, nothing more is sent. */
    public void lowerDown(long nowMillis) {
    }

    /**
     * The answer to {@link PppObserver#authenticate}. An answer to any but the latest attempt is ignored.
     */
    public void authenticationResult(AuthenticationAttempt attempt, AuthenticationVerdict verdict, long nowMillis) {
    }

    /** The answer to {@link PppObserver#addressesNeeded}. An answer to any but the latest request is ignored. */
    public void addressesGiven(AddressRequest request, AddressGrant grant, long nowMillis) {
    }

    /**
     * The other answer to {@link PppObserver#addressesNeeded}: the link ends with
     * {@link CloseReason.Cause#NO_ADDRESS}.
     *
     * @param why for the operator and the peer, for example "address pool 'office' is empty"
     */
    public void addressesRefused(AddressRequest request, String why, long nowMillis) {
    }

    /** The present phase. */
    public PppPhase phase() {
        return PppPhase.DEAD;
    }

    /** The state for people. */
    public PppStatus status() {
        return new PppStatus(phase(), "Initial", "Initial", "Initial", 1500, 1500, 0, 0, Optional.empty(), "",
                Optional.empty(), "", Optional.empty(), Optional.empty(), 0, 0, 0, -1);
    }

    /** The counters. */
    public PppCounters counters() {
        return new PppCounters(new long[PppCounter.values().length]);
    }
}
