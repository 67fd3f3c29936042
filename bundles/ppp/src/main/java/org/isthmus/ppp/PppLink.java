package org.isthmus.ppp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.lcp.LcpHistory;
import org.isthmus.ppp.mppe.Encryption;
import org.isthmus.ppp.mppe.MppeStrength;
import org.isthmus.ppp.proxy.ProxyStart;
import org.isthmus.ppp.proxy.ProxyValues;

/**
 * One PPP link, client or server. It is driven from one thread at a time; {@code nowMillis} is any clock that never
 * goes back, the same for all calls.
 *
 * <p>The life of a link: {@link #open}, then {@link #receive} for each frame and {@link #timeout} whenever
 * {@link #nextTimeoutMillis} is reached, until {@link PppObserver#linkClosed}. A link is used once.
 */
public final class PppLink {
    private final LinkLine line;
    private final LinkPhases phases;

    /**
     * Makes a link that waits for {@link #open}.
     *
     * @param config what it is told beforehand
     * @param observer who is told what happens
     * @param random for magic numbers, challenges and identifiers: a secure one outside of tests
     */
    public PppLink(PppConfig config, PppObserver observer, RandomGenerator random) {
        line = new LinkLine(observer, random);
        phases = new LinkPhases(config, line, observer);
    }

    /** Starts: the session below is up, LCP sends its first Configure-Request. */
    public void open(long nowMillis) {
        line.enter(nowMillis, phases::open);
    }

    /** Starts where another end has brought the link to, with LCP open: instead of {@link #open(long)}. */
    public void open(ProxyStart.Taken proxy, long nowMillis) {
        line.enter(nowMillis, () -> phases.open(proxy));
    }

    /**
     * Goes on where a link was before a failure of this end, without a word to the peer: instead of {@link #open(long)}.
     * {@link PppObserver#networkUp} follows at once.
     */
    public void restore(PppSnapshot before, long nowMillis) {
        line.enter(nowMillis, () -> phases.restore(before));
    }

    /** What has to be kept to {@link #restore} the link; empty while no packets pass. */
    public Optional<PppSnapshot> snapshot() {
        return phases.snapshot();
    }

    /** Keeps what {@link #proxyValues} and {@link #lcpRequests} need. To be called before {@link #open(long)}. */
    public void keepForAnotherEnd() {
        phases.lcp().keepHistory();
    }

    /** What the last LCP requests of both ends asked for; empty if nothing was kept. */
    public Optional<LcpRequests> lcpRequests() {
        return phases.lcp().history().map(LcpHistory::last);
    }

    /**
     * What another end has to know to go on with this link in our place: from within
     * {@link PppObserver#authenticate} with the proof that is to be judged, from within
     * {@link PppObserver#addressesNeeded} on a link on which nobody was asked for one. This link is then left alone:
     * it must get no frame and no timeout any more. Empty if nothing was kept or LCP is not open.
     */
    public Optional<ProxyValues> proxyValues() {
        return phases.proxyValues();
    }

    /**
     * Takes a frame from the peer, with FF 03 or without, the protocol field of one octet or two. IPv4 and IPv6
     * packets belong to the data path and are only counted here. Hostile input never throws.
     *
     * @param frame from position to limit; it is not kept
     */
    public void receive(ByteBuffer frame, long nowMillis) {
        ByteBuffer view = line.isRunning()
                ? ByteBuffer.allocate(frame.remaining()).put(frame.duplicate()).flip()
                : frame.slice();
        line.enter(nowMillis, () -> phases.receive(view));
    }

    /** Runs the timers that are due. */
    public void timeout(long nowMillis) {
        line.enter(nowMillis, () -> phases.expire(nowMillis));
    }

    /** When {@link #timeout} wants to be called, {@link Long#MAX_VALUE} for never. Changes with every other call. */
    public long nextTimeoutMillis() {
        return phases.deadline();
    }

    /**
     * Ends the link with a Terminate-Request. {@link PppObserver#linkClosed} follows when the peer has answered, or
     * has not after some tries.
     *
     * @param why for the operator, and for the peer inside of the Terminate-Request; may be empty
     */
    public void close(String why, long nowMillis) {
        line.enter(nowMillis, () -> phases.close(why));
    }

    /** The session below is gone: the link ends at once, nothing more is sent. */
    public void lowerDown(long nowMillis) {
        line.enter(nowMillis, phases::lowerDown);
    }

    /**
     * The answer to {@link PppObserver#authenticate}. An answer to any but the latest attempt is ignored.
     */
    public void authenticationResult(AuthenticationAttempt attempt, AuthenticationVerdict verdict, long nowMillis) {
        line.enter(nowMillis, () -> phases.authentication().result(attempt, verdict));
    }

    /** The answer to {@link PppObserver#addressesNeeded}. An answer to any but the latest request is ignored. */
    public void addressesGiven(AddressRequest request, AddressGrant grant, long nowMillis) {
        line.enter(nowMillis, () -> phases.networks().given(request, grant));
    }

    /**
     * The other answer to {@link PppObserver#addressesNeeded}: the link ends with
     * {@link CloseReason.Cause#NO_ADDRESS}.
     *
     * @param why for the operator and the peer, for example "address pool 'office' is empty"
     */
    public void addressesRefused(AddressRequest request, String why, long nowMillis) {
        line.enter(nowMillis, () -> phases.networks().refused(request, why));
    }

    /** The answer to {@link PppObserver#bundleNeeded} for the first link of a bundle: the network protocols run on it. */
    public void leadBundle(long nowMillis) {
        leadBundle(Optional.empty(), Optional.empty(), nowMillis);
    }

    /**
     * Has a link that joined a bundle go on with the bundle's networks, without a word to the peer: the link that led it has
     * left. {@link PppObserver#networkUp} follows for each; if none was up they are negotiated.
     */
    public void leadBundle(Optional<Network.Ipv4> ipv4, Optional<Network.Ipv6> ipv6, long nowMillis) {
        line.enter(nowMillis, () -> phases.bundling().lead(ipv4, ipv6));
    }

    /** The other answer to {@link PppObserver#bundleNeeded}: another link of the bundle runs the network protocols. */
    public void joinBundle(long nowMillis) {
        line.enter(nowMillis, phases.bundling()::join);
    }

    /** What both ends have agreed on for a bundle; empty if they have not. */
    public Optional<Multilink> multilink() {
        return phases.lcp().multilink();
    }

    /**
     * The answer to {@link PppObserver#encryptionNeeded}: the data path is ready. An answer to any but the latest request is ignored.
     *
     * @param strengths what it can do
     */
    public void encryptionPossible(EncryptionRequest request, Set<MppeStrength> strengths, long nowMillis) {
        line.enter(nowMillis, () -> phases.encryption().possible(request, strengths));
    }

    /**
     * The other answer to {@link PppObserver#encryptionNeeded}: the link ends with {@link CloseReason.Cause#ENCRYPTION_IMPOSSIBLE}.
     *
     * @param why for the operator and the peer
     */
    public void encryptionRefused(EncryptionRequest request, String why, long nowMillis) {
        line.enter(nowMillis, () -> phases.encryption().refused(request, why));
    }

    /**
     * What the peer sends cannot be decrypted: it is asked to begin anew, and after some time in vain CCP begins anew.
     *
     * @param passed whether packets could be decrypted since the last time
     */
    public void encryptionOutOfStep(boolean passed, long nowMillis) {
        line.enter(nowMillis, () -> phases.encryption().outOfStep(passed));
    }

    /** Another data path carries the link, which knows nothing of the keys in use: encryption is negotiated anew, if there is any. */
    public void encryptionLost(long nowMillis) {
        line.enter(nowMillis, phases.encryption()::restart);
    }

    /** How packets are encrypted, while they are. */
    public Optional<Encryption> encryption() {
        return phases.encryption().open();
    }

    /**
     * Changes how often the peer is asked whether it is there (LCP Echo-Request).
     *
     * @param interval zero for never
     * @param failures how many questions in a row may stay unanswered, 0 for any number
     */
    public void askAlive(Duration interval, int failures, long nowMillis) {
        line.enter(nowMillis, () -> phases.lcp().echo().change(interval, failures));
    }

    /** The present phase. */
    public PppPhase phase() {
        return phases.phase();
    }

    /** The largest network packet that may be sent, octets: our MTU or the peer's MRU, less what encryption adds. */
    public int mtu() {
        return phases.mtu();
    }

    /** The state for people. */
    public PppStatus status() {
        return phases.status();
    }

    /** The counters. */
    public PppCounters counters() {
        return line.counters();
    }
}
