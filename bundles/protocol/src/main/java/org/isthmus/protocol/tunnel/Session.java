package org.isthmus.protocol.tunnel;

import org.isthmus.protocol.wire.ResultCode;

/** One call in a {@link Tunnel}. Used on the tunnel's thread. */
public final class Session {

    private final Tunnel tunnel;
    private final int localId;
    private final boolean placedHere;
    private int remoteId;
    private SessionState state;

    Session(Tunnel tunnel, int localId, boolean placedHere, SessionState state) {
        this.tunnel = tunnel;
        this.localId = localId;
        this.placedHere = placedHere;
        this.state = state;
    }

    /** The tunnel that carries this session. */
    public Tunnel tunnel() {
        return tunnel;
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
        return false;
    }

    /** What the ICRQ said. */
    public IncomingCall call() {
        return null;
    }

    /** As LNS in {@link SessionState#WAIT_ANSWER}: takes the call, sends ICRP. Otherwise does nothing. */
    public void accept(long nowMillis) {
    }

    /** As LNS in {@link SessionState#WAIT_ANSWER}: refuses the call with a CDN. Otherwise does nothing. */
    public void reject(ResultCode result, long nowMillis) {
    }

    /** Ends the session with a CDN, in any state; does nothing when it is closed. */
    public void close(ResultCode result, long nowMillis) {
    }
}
