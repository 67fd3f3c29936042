package org.isthmus.protocol.tunnel;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.isthmus.protocol.channel.ChannelCheckpoint;
import org.isthmus.protocol.wire.Accm;
import org.isthmus.protocol.wire.CallErrors;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.ResultCode;

/**
 * One call in a {@link Tunnel}: its identifiers and where it stands. Used on the tunnel's thread; what happens in it
 * is decided by {@link Calls}.
 */
public final class Session {

    private final Calls calls;
    private int localId;
    private SessionIds ids;
    private final CallType type;
    private final CallRequest call;
    private final long deadlineMillis;
    private Optional<ConnectedCall> connected;
    private int remoteId;
    private SessionState state;
    private boolean mayCarryData;
    private OptionalInt phb = OptionalInt.empty();
    private Optional<CallErrors> callErrors = Optional.empty();
    private Optional<Accm> accm = Optional.empty();
    /** What a call that this side asks for is to be, before the version is known. */
    private final PseudowireTerms terms;
    /** Null in version 2. */
    private Pseudowire pseudowire;

    /** A call that this side asks for. */
    Session(Calls calls, int localId, SessionIds ids, CallType type, CallRequest call,
            Optional<ConnectedCall> connected, PseudowireTerms terms, long deadlineMillis) {
        this.calls = calls;
        this.localId = localId;
        this.ids = ids;
        this.type = type;
        this.call = call;
        this.connected = connected;
        this.terms = terms;
        this.deadlineMillis = deadlineMillis;
        this.state = SessionState.WAIT_TUNNEL;
    }

    /** A call that the peer asks for. */
    Session(Calls calls, int localId, SessionIds ids, int remoteId, CallType type, CallRequest call,
            long deadlineMillis) {
        this.calls = calls;
        this.localId = localId;
        this.ids = ids;
        this.remoteId = remoteId;
        this.type = type;
        this.call = call;
        this.connected = Optional.empty();
        this.terms = null;
        this.deadlineMillis = deadlineMillis;
        this.state = SessionState.WAIT_ANSWER;
    }

    /** A call of before a failure. */
    static Session restored(Calls calls, SessionIds ids, SessionSnapshot snapshot) {
        Session session = new Session(calls, snapshot.localId(), ids, snapshot.remoteId(), snapshot.type(),
                snapshot.call(), Long.MAX_VALUE);
        session.connected = Optional.of(snapshot.connected());
        session.phb = snapshot.phb();
        session.pseudowire = snapshot.pseudowire().map(Pseudowire::restored).orElse(null);
        session.state = SessionState.ESTABLISHED;
        session.mayCarryData = true;
        return session;
    }

    /** A call that another object goes on with. */
    static Session resumed(Calls calls, SessionIds ids, SessionCheckpoint before, long nowMillis) {
        Session session = new Session(calls, before.localId(), ids, before.type(), before.call(), before.connected(),
                before.terms().orElse(null), ChannelCheckpoint.at(before.deadlineIn(), nowMillis));
        session.remoteId = before.remoteId();
        session.state = before.state();
        session.mayCarryData = before.mayCarryData();
        session.phb = before.phb();
        session.callErrors = before.callErrors();
        session.accm = before.accm();
        session.pseudowire = before.pseudowire()
                .map(snapshot -> Pseudowire.resumed(snapshot, before.tieBreaker(), before.circuitTold())).orElse(null);
        return session;
    }

    /** All of it at this moment, in whatever state it is. */
    public SessionCheckpoint checkpoint(long nowMillis) {
        Optional<Pseudowire> wire = Optional.ofNullable(pseudowire);
        return new SessionCheckpoint(localId, remoteId, type, state, mayCarryData, call, connected, phb, callErrors, accm,
                Optional.ofNullable(terms), wire.map(Pseudowire::snapshot),
                wire.map(Pseudowire::tieBreaker).orElse(OptionalLong.empty()), wire.flatMap(Pseudowire::circuitTold),
                ChannelCheckpoint.in(deadlineMillis, nowMillis));
    }

    /** What has to be kept of it to get it back after a failure; empty while it is not established. */
    public Optional<SessionSnapshot> snapshot() {
        return state != SessionState.ESTABLISHED ? Optional.empty()
                : Optional.of(new SessionSnapshot(localId, remoteId, type, call, connected.orElseThrow(), phb,
                        Optional.ofNullable(pseudowire).map(Pseudowire::snapshot)));
    }

    /** Whether any of its data packets carry sequence numbers. */
    boolean isSequenced() {
        return pseudowire == null ? connected.map(ConnectedCall::sequencingRequired).orElse(false)
                : pseudowire.data().isSequenced();
    }

    /** The tunnel that carries this session. */
    public Tunnel tunnel() {
        return calls.tunnel();
    }

    /**
     * Our session identifier, unsigned, in version 2 up to 65535: stands in what the peer sends. Of a session that waits
     * for a tunnel which may fall back to version 2 it may change until then ({@link TunnelObserver#sessionRenumbered}).
     */
    public int localId() {
        return localId;
    }

    /** The peer's session identifier, unsigned: stands in what we send; 0 while not known. */
    public int remoteId() {
        return remoteId;
    }

    /** What this end is to the call, and who asked for it. */
    public CallType type() {
        return type;
    }

    /** Where the call stands. */
    public SessionState state() {
        return state;
    }

    /** True when PPP frames may be sent: established, and as LAC the ICCN or OCCN is acknowledged. */
    public boolean mayCarryData() {
        return mayCarryData;
    }

    /** What the ICRQ or OCRQ says. */
    public CallRequest call() {
        return call;
    }

    /** What the ICCN or OCCN says, with later speeds; empty while it is neither sent nor received nor decided. */
    public Optional<ConnectedCall> connected() {
        return connected;
    }

    /** The PHB code that both ends agreed on (RFC 3308); empty when they did not. */
    public OptionalInt phb() {
        return phb;
    }

    /** The DSCP that stands for it, which the packets of the session carry; empty when there is none. */
    public OptionalInt dscp() {
        return phb().isPresent() ? DiffServ.dscpOf(phb().getAsInt()) : OptionalInt.empty();
    }

    /** As LNS: what the last WEN of the LAC says. */
    public Optional<CallErrors> callErrors() {
        return callErrors;
    }

    /** As LAC: what the last SLI of the LNS says. */
    public Optional<Accm> accm() {
        return accm;
    }

    /** Which pseudowire it is; empty in version 2. */
    public Optional<PseudowireRequest> pseudowireRequest() {
        return Optional.ofNullable(pseudowire).map(Pseudowire::request);
    }

    /** What the data path of a session of version 3 has to do; empty in version 2. Final once established. */
    public Optional<SessionData> data() {
        return Optional.ofNullable(pseudowire).map(Pseudowire::data);
    }

    /** The same as {@link #accept(long)}, and says what this side asks for in version 3. */
    public void accept(PseudowireTerms terms, long nowMillis) {
        calls.accept(this, Optional.of(terms), nowMillis);
    }

    /** In version 3: tells the peer that our end can or cannot carry traffic, when that has changed (SLI). */
    public void circuit(CircuitStatus status, long nowMillis) {
        calls.notice(nowMillis, notices -> notices.setCircuit(this, status));
    }

    /** In {@link SessionState#WAIT_ANSWER}: takes the call, sends ICRP or OCRP. Otherwise does nothing. */
    public void accept(long nowMillis) {
        calls.accept(this, Optional.empty(), nowMillis);
    }

    /**
     * As LAC of an outgoing call in {@link SessionState#WAIT_CS_ANSWER}: the remote system answered; sends OCCN.
     * Otherwise does nothing. A call that failed is {@link #close closed} instead.
     */
    public void connect(ConnectedCall connectedCall, long nowMillis) {
        calls.connect(this, connectedCall, nowMillis);
    }

    /** In {@link SessionState#WAIT_ANSWER}: refuses the call with a CDN. Otherwise does nothing. */
    public void reject(ResultCode result, long nowMillis) {
        if (state == SessionState.WAIT_ANSWER) {
            close(result, nowMillis);
        }
    }

    /** Ends the session with a CDN, in any state; does nothing when it is closed. */
    public void close(ResultCode result, long nowMillis) {
        calls.close(this, result, Optional.empty(), nowMillis);
    }

    /** The same, and tells the peer why PPP ended (RFC 3145). */
    public void close(ResultCode result, DisconnectCause disconnect, long nowMillis) {
        calls.close(this, result, Optional.of(disconnect), nowMillis);
    }

    /** As LAC of a call that is up: tells the LNS of errors on the line since it is up (WEN). */
    public void reportErrors(CallErrors errors, long nowMillis) {
        calls.notice(nowMillis, notices -> notices.reportErrors(this, errors));
    }

    /** As LNS of a call that is up: tells the LAC what was negotiated with the remote system (SLI). */
    public void setLinkInfo(LinkInfo info, long nowMillis) {
        calls.notice(nowMillis, notices -> notices.setLinkInfo(this, info));
    }

    /**
     * As LAC of an incoming call that is up: the line has other speeds now. Tells the LNS when the ICRQ had
     * announced that ({@link IncomingCall#speedUpdates}).
     */
    public void updateSpeed(long txConnectSpeed, long rxConnectSpeed, long nowMillis) {
        calls.notice(nowMillis, notices -> notices.updateSpeed(this, txConnectSpeed, rxConnectSpeed));
    }

    SessionIds ids() {
        return ids;
    }

    /** Something that {@link #checkpoint} has is another now. */
    void touched() {
        calls.touched(this);
    }

    void renumber(int id, SessionIds lender) {
        localId = id;
        ids = lender;
        touched();
    }

    PseudowireTerms terms() {
        return terms;
    }

    Pseudowire pseudowire() {
        return pseudowire;
    }

    void pseudowire(Pseudowire value) {
        pseudowire = value;
        touched();
    }

    long deadlineMillis() {
        return deadlineMillis;
    }

    void state(SessionState next) {
        state = next;
        mayCarryData = next == SessionState.ESTABLISHED && !type.isLac();
        touched();
    }

    void remoteId(int id) {
        remoteId = id;
        touched();
    }

    void connected(ConnectedCall value) {
        connected = Optional.of(value);
        touched();
    }

    void phb(OptionalInt agreed) {
        phb = agreed;
        touched();
    }

    void callErrors(CallErrors errors) {
        callErrors = Optional.of(errors);
        touched();
    }

    void accm(Accm masks) {
        accm = Optional.of(masks);
        touched();
    }

    /** As LAC: the ICCN or OCCN is acknowledged. False when the session is no longer established. */
    boolean allowData() {
        mayCarryData = state == SessionState.ESTABLISHED;
        touched();
        return mayCarryData;
    }

    /** For logs: both identifiers and the state. */
    @Override
    public String toString() {
        return "session " + Integer.toUnsignedString(localId) + "/" + Integer.toUnsignedString(remoteId) + " " + state;
    }
}
