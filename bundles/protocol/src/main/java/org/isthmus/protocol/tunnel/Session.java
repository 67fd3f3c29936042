package org.isthmus.protocol.tunnel;

import java.util.Optional;
import org.isthmus.protocol.wire.ResultCode;

/**
 * One call in a {@link Tunnel}: its identifiers and where it stands. Used on the tunnel's thread; what happens in it
 * is decided by {@link Calls}.
 */
public final class Session {

    private final Calls calls;
    private final int localId;
    private final boolean placedHere;
    private final IncomingCall call;
    private final long deadlineMillis;
    private Optional<ConnectedCall> connected;
    private int remoteId;
    private SessionState state;
    private boolean mayCarryData;

    Session(Calls calls, int localId, CallConfig config, long deadlineMillis) {
        this.calls = calls;
        this.localId = localId;
        this.placedHere = true;
        this.call = config.request();
        this.connected = Optional.of(config.connected());
        this.deadlineMillis = deadlineMillis;
        this.state = SessionState.WAIT_TUNNEL;
    }

    Session(Calls calls, int localId, int remoteId, IncomingCall call, long deadlineMillis) {
        this.calls = calls;
        this.localId = localId;
        this.remoteId = remoteId;
        this.placedHere = false;
        this.call = call;
        this.connected = Optional.empty();
        this.deadlineMillis = deadlineMillis;
        this.state = SessionState.WAIT_ANSWER;
    }

    /** The tunnel that carries this session. */
    public Tunnel tunnel() {
        return calls.tunnel();
    }

    /** Our session identifier, 1 to 65535: stands in what the peer sends. */
    public int localId() {
        return localId;
    }

    /** The peer's session identifier: stands in what we send; 0 while not known. */
    public int remoteId() {
        return remoteId;
    }

    /** True when we are the LAC of this call, false when we are its LNS. */
    public boolean placedHere() {
        return placedHere;
    }

    /** Where the call stands. */
    public SessionState state() {
        return state;
    }

    /** True when PPP frames may be sent: established, and as LAC the ICCN is acknowledged. */
    public boolean mayCarryData() {
        return mayCarryData;
    }

    /** What the ICRQ says. */
    public IncomingCall call() {
        return call;
    }

    /** What the ICCN says; as LNS empty until it came. */
    public Optional<ConnectedCall> connected() {
        return connected;
    }

    /** As LNS in {@link SessionState#WAIT_ANSWER}: takes the call, sends ICRP. Otherwise does nothing. */
    public void accept(long nowMillis) {
        calls.accept(this, nowMillis);
    }

    /** As LNS in {@link SessionState#WAIT_ANSWER}: refuses the call with a CDN. Otherwise does nothing. */
    public void reject(ResultCode result, long nowMillis) {
        if (state == SessionState.WAIT_ANSWER) {
            close(result, nowMillis);
        }
    }

    /** Ends the session with a CDN, in any state; does nothing when it is closed. */
    public void close(ResultCode result, long nowMillis) {
        calls.close(this, result, nowMillis);
    }

    long deadlineMillis() {
        return deadlineMillis;
    }

    void state(SessionState next) {
        state = next;
        mayCarryData = next == SessionState.ESTABLISHED && !placedHere;
    }

    void remoteId(int id) {
        remoteId = id;
    }

    void connected(ConnectedCall value) {
        connected = Optional.of(value);
    }

    /** As LAC: the ICCN is acknowledged. False when the session is no longer established. */
    boolean allowData() {
        mayCarryData = state == SessionState.ESTABLISHED;
        return mayCarryData;
    }

    /** For logs: both identifiers and the state. */
    @Override
    public String toString() {
        return "session " + localId + "/" + remoteId + " " + state;
    }
}
