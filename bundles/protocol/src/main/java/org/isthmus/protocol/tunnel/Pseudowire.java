package org.isthmus.protocol.tunnel;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.ErrorCode;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.SequencingLevel;
import org.isthmus.protocol.wire.WireCode;

/** What both ends of one session of version 3 ask of each other (RFC 3931 sections 5.4.4 and 5.4.5). */
final class Pseudowire {

    /** The default L2-Specific Sublayer (RFC 3931 section 4.6). */
    static final int DEFAULT_SUBLAYER = 1;

    private static final byte[] NO_COOKIE = {};

    private final PseudowireType type;
    private final String remoteEndId;
    private PseudowireTerms terms;
    private byte[] localCookie = NO_COOKIE;
    /** Of who asked for the call. */
    private OptionalLong tieBreaker = OptionalLong.empty();
    private CircuitStatus localCircuit;
    /** What the last message said of it; null before the first. */
    private CircuitStatus circuitTold;

    private byte[] remoteCookie = NO_COOKIE;
    private boolean sublayerSent;
    private SequencingLevel sequencingSent = SequencingLevel.NONE;
    private CircuitStatus remoteCircuit = CircuitStatus.UP;

    private Pseudowire(PseudowireType type, String remoteEndId, PseudowireTerms terms) {
        this.type = type;
        this.remoteEndId = remoteEndId;
        this.terms = terms;
        this.localCircuit = terms.circuit();
    }

    /** Of a call that this side asks for. */
    static Pseudowire placed(PseudowireTerms terms, RandomGenerator random) {
        Pseudowire pseudowire = new Pseudowire(terms.type(), terms.remoteEndId(), terms);
        pseudowire.drawCookie(random);
        if (terms.tieBreaker() && !terms.remoteEndId().isEmpty()) {
            pseudowire.tieBreaker = OptionalLong.of(random.nextLong());
        }
        return pseudowire;
    }

    /** Of a call that the peer asks for; our terms are those that ask for nothing, until {@link #accept}. */
    static Pseudowire offered(PseudowireType type, ControlMessage request) {
        Pseudowire pseudowire = new Pseudowire(type, endIdOf(request), PseudowireTerms.of(type));
        pseudowire.tieBreaker = request.uint64(AvpType.TIE_BREAKER);
        return pseudowire;
    }

    /** The name of a circuit, made safe to show. */
    static String endIdOf(ControlMessage request) {
        return request.text(AvpType.REMOTE_END_ID);
    }

    /** Of a session of before a failure. */
    static Pseudowire restored(PseudowireSnapshot snapshot) {
        PseudowireTerms terms = snapshot.terms();
        Pseudowire pseudowire = new Pseudowire(terms.type(), terms.remoteEndId(), terms);
        pseudowire.localCookie = snapshot.localCookie();
        pseudowire.remoteCookie = snapshot.remoteCookie();
        pseudowire.sublayerSent = snapshot.sublayerSent();
        pseudowire.sequencingSent = snapshot.sequencingSent();
        pseudowire.remoteCircuit = snapshot.remoteCircuit();
        return pseudowire;
    }

    /** Of a session that goes on in another object. */
    static Pseudowire resumed(PseudowireSnapshot snapshot, OptionalLong tieBreaker, Optional<CircuitStatus> told) {
        Pseudowire pseudowire = restored(snapshot);
        pseudowire.tieBreaker = tieBreaker;
        pseudowire.circuitTold = told.orElse(null);
        return pseudowire;
    }

    Optional<CircuitStatus> circuitTold() {
        return Optional.ofNullable(circuitTold);
    }

    PseudowireSnapshot snapshot() {
        PseudowireTerms named = new PseudowireTerms(type, remoteEndId, terms.cookieBytes(), terms.sublayer(),
                terms.sequencing(), terms.tieBreaker(), localCircuit);
        return new PseudowireSnapshot(named, localCookie, remoteCookie, sublayerSent, sequencingSent, remoteCircuit);
    }

    /** This side takes the call, on these terms. */
    void accept(PseudowireTerms ours, RandomGenerator random) {
        terms = ours;
        localCircuit = ours.circuit();
        drawCookie(random);
    }

    private void drawCookie(RandomGenerator random) {
        localCookie = new byte[terms.cookieBytes()];
        random.nextBytes(localCookie);
    }

    /**
     * Takes what the peer asks for in any message of the set-up; what an ICCN or OCCN does not repeat stays as it is.
     *
     * @return why the session cannot be; null when it can
     */
    ResultCode learn(ControlMessage message) {
        if (message.has(AvpType.ASSIGNED_COOKIE)) {
            remoteCookie = message.octets(AvpType.ASSIGNED_COOKIE);
        }
        if (message.has(AvpType.L2_SPECIFIC_SUBLAYER)) {
            int sublayer = message.integer(AvpType.L2_SPECIFIC_SUBLAYER, 0);
            if (sublayer > DEFAULT_SUBLAYER) {
                return ResultCode.ofSession(ErrorCode.BAD_VALUE, "L2-Specific Sublayer " + sublayer);
            }
            sublayerSent = sublayer == DEFAULT_SUBLAYER;
        }
        if (message.has(AvpType.DATA_SEQUENCING)) {
            // A level that is not defined gets too many numbers, not too few.
            sequencingSent = WireCode.of(SequencingLevel.class, message.integer(AvpType.DATA_SEQUENCING, 0))
                    .orElse(SequencingLevel.ALL);
        }
        message.circuitStatus().ifPresent(this::remoteCircuit);
        return sequencingSent != SequencingLevel.NONE && !sublayerSent
                ? ResultCode.of(CallResult.SEQUENCING_WITHOUT_SUBLAYER, "") : null;
    }

    PseudowireType type() {
        return type;
    }

    String remoteEndId() {
        return remoteEndId;
    }

    PseudowireTerms terms() {
        return terms;
    }

    byte[] localCookie() {
        return localCookie;
    }

    OptionalLong tieBreaker() {
        return tieBreaker;
    }

    /** What a message is to say of our circuit; then the peer knows. */
    CircuitStatus tellCircuit() {
        circuitTold = localCircuit;
        return localCircuit;
    }

    /** The peer may not have what it was told. */
    void forgetTold() {
        circuitTold = null;
    }

    boolean isCircuitTold() {
        return localCircuit.equals(circuitTold);
    }

    void localCircuit(CircuitStatus status) {
        localCircuit = status;
    }

    void remoteCircuit(CircuitStatus status) {
        remoteCircuit = status;
    }

    PseudowireRequest request() {
        return new PseudowireRequest(type, remoteEndId, tieBreaker, remoteCircuit);
    }

    SessionData data() {
        return new SessionData(type, localCookie, remoteCookie, terms.sublayer(), sublayerSent, terms.sequencing(),
                sequencingSent, localCircuit, remoteCircuit);
    }
}
