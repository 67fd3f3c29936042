package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.TunnelState.ESTABLISHED;
import static org.isthmus.protocol.tunnel.TunnelState.WAIT_CTL_CONN;
import static org.isthmus.protocol.tunnel.TunnelState.WAIT_CTL_REPLY;

import java.util.random.RandomGenerator;
import org.isthmus.protocol.channel.ChannelCheckpoint;
import org.isthmus.protocol.channel.ReliableChannel;
import org.isthmus.protocol.tunnel.TunnelCheckpoint.Times;
import org.isthmus.protocol.wire.ProtocolVersion;

/** The times that a control connection waits for, those of its channel and its sessions left out. */
final class Deadlines {

    static final long NEVER = Long.MAX_VALUE;
    /** After the tunnel is up, copies of its SCCRQ may still be on their way for so long. */
    private static final long LATE_COPY_MILLIS = 2_000;

    /** A HELLO is early by less than this part of its interval. */
    private static final int MAX_JITTER_PERCENT = 15;

    private final ControlConnection connection;
    private final ReliableChannel<?> channel;
    private final RandomGenerator random;
    private long createdMillis;
    private long establishedMillis;
    private long lastHeardMillis;
    private long idleSinceMillis;
    private long lingerUntilMillis = NEVER;
    /** By so many percent of its interval a HELLO is early. */
    private int jitterPercent;

    Deadlines(ControlConnection connection, ReliableChannel<?> channel, RandomGenerator random, long nowMillis) {
        this.connection = connection;
        this.channel = channel;
        this.random = random;
        createdMillis = nowMillis;
        lastHeardMillis = nowMillis;
        idleSinceMillis = nowMillis;
    }

    Times checkpoint(long now) {
        return new Times(createdMillis - now, establishedMillis - now, lastHeardMillis - now, idleSinceMillis - now,
                ChannelCheckpoint.in(lingerUntilMillis, now), jitterPercent);
    }

    void resume(Times before, long now) {
        createdMillis = now + before.created();
        establishedMillis = now + before.established();
        lastHeardMillis = now + before.heard();
        idleSinceMillis = now + before.idleSince();
        lingerUntilMillis = ChannelCheckpoint.at(before.lingerUntil(), now);
        jitterPercent = before.jitterPercent();
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

    /** Draws how early the next HELLO is, so that those of many tunnels do not come together (RFC 3931 section 4.4). */
    void jitter() {
        if (connection.version() == ProtocolVersion.V3) {
            jitterPercent = random.nextInt(MAX_JITTER_PERCENT);
        }
    }

    long lastHeard() {
        return lastHeardMillis;
    }

    long linger() {
        return lingerUntilMillis;
    }

    /** Whether an SCCRQ that looks like ours can be a late copy of it. */
    boolean mayRepeat(long nowMillis) {
        TunnelState state = connection.state();
        return state == WAIT_CTL_CONN || state == ESTABLISHED && nowMillis - establishedMillis <= LATE_COPY_MILLIS;
    }

    /** The first of them all. */
    long next() {
        return Math.min(Math.min(setup(), linger()), Math.min(hello(), idle()));
    }

    /** A half-open tunnel of a peer that nobody has seen never waits for ever. */
    long setup() {
        TunnelState state = connection.state();
        if (state != WAIT_CTL_REPLY && state != WAIT_CTL_CONN) {
            return NEVER;
        }
        long timeout = connection.config().establishTimeoutMillis();
        if (timeout == 0) {
            return state == WAIT_CTL_CONN ? createdMillis + 2 * channel.fullCycleMillis() : NEVER;
        }
        return createdMillis + timeout;
    }

    /** A message that waits for its acknowledgement is as good as a HELLO. */
    long hello() {
        long interval = connection.config().helloIntervalMillis();
        return connection.state() == ESTABLISHED && interval != 0 && channel.isIdle()
                ? lastHeardMillis + interval * (100 - jitterPercent) / 100 : NEVER;
    }

    long idle() {
        long timeout = connection.config().idleTimeoutMillis();
        return connection.state() == ESTABLISHED && timeout != 0 && connection.calls().isEmpty()
                ? idleSinceMillis + timeout : NEVER;
    }
}
