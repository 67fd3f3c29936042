package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.TunnelState.ESTABLISHED;
import static org.isthmus.protocol.tunnel.TunnelState.WAIT_CTL_CONN;
import static org.isthmus.protocol.tunnel.TunnelState.WAIT_CTL_REPLY;

/** The times that a control connection waits for, those of its channel and its sessions left out. */
final class Deadlines {

    static final long NEVER = Long.MAX_VALUE;
    /** After the tunnel is up, copies of its SCCRQ may still be on their way for so long. */
    private static final long LATE_COPY_MILLIS = 2_000;

    private final long createdMillis;
    private long establishedMillis;
    private long lastHeardMillis;
    private long idleSinceMillis;
    private long lingerUntilMillis = NEVER;
    /** By so many percent of its interval a HELLO is early. */
    private int jitterPercent;

    Deadlines(long nowMillis) {
        createdMillis = nowMillis;
        lastHeardMillis = nowMillis;
        idleSinceMillis = nowMillis;
    }

    void established(long nowMillis) {
        establishedMillis = nowMillis;
        idleSinceMillis = nowMillis;
    }

    void heard(long nowMillis) {
        lastHeardMillis = nowMillis;
    }

    void sessionsChanged(long nowMillis) {
        idleSinceMillis = nowMillis;
    }

    void lingerUntil(long millis) {
        lingerUntilMillis = millis;
    }

    /** So that the HELLOs of many tunnels do not come together (RFC 3931 section 4.4); 0 to 99. */
    void jitter(int percent) {
        jitterPercent = percent;
    }

    long lastHeard() {
        return lastHeardMillis;
    }

    long linger() {
        return lingerUntilMillis;
    }

    /** Whether an SCCRQ that looks like ours can be a late copy of it. */
    boolean mayRepeat(TunnelState state, long nowMillis) {
        return state == WAIT_CTL_CONN || state == ESTABLISHED && nowMillis - establishedMillis <= LATE_COPY_MILLIS;
    }

    /** A half-open tunnel of a peer that nobody has seen never waits for ever. */
    long setup(TunnelState state, TunnelConfig config, long fullCycleMillis) {
        if (state != WAIT_CTL_REPLY && state != WAIT_CTL_CONN) {
            return NEVER;
        }
        if (config.establishTimeoutMillis() == 0) {
            return state == WAIT_CTL_CONN ? createdMillis + 2 * fullCycleMillis : NEVER;
        }
        return createdMillis + config.establishTimeoutMillis();
    }

    /** A message that waits for its acknowledgement is as good as a HELLO. */
    long hello(TunnelState state, TunnelConfig config, boolean channelIdle) {
        return state == ESTABLISHED && config.helloIntervalMillis() != 0 && channelIdle
                ? lastHeardMillis + config.helloIntervalMillis() * (100 - jitterPercent) / 100 : NEVER;
    }

    long idle(TunnelState state, TunnelConfig config, boolean noSessions) {
        return state == ESTABLISHED && config.idleTimeoutMillis() != 0 && noSessions
                ? idleSinceMillis + config.idleTimeoutMillis() : NEVER;
    }
}
