package org.isthmus.core.engine;

import java.time.Duration;

import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.core.timer.Timer;

/** Ends a session that is silent for too long ({@code idle_timeout}) or up for too long ({@code max_connect_time}). */
final class SessionLimits {
    private final Worker worker;
    private final LiveSession session;
    private final Timer idle = new Timer(this::checkIdle);
    private final Timer end = new Timer(now -> session().hangUp("the longest connect time is reached"));
    private long idleMillis;
    private long packetsSeen;

    SessionLimits(Worker worker, LiveSession session) {
        this.worker = worker;
        this.session = session;
    }

    private LiveSession session() {
        return session;
    }

    /** Starts the clocks; what the user was granted goes before the profile. */
    void start(AcceptedUser user) {
        Duration idleTimeout = user.grant().idleTimeout()
                .orElse(session.plan().session().get(SessionParameters.IDLE_TIMEOUT));
        Duration longest = user.grant().sessionTimeout()
                .orElse(session.plan().session().get(SessionParameters.MAX_CONNECT_TIME));
        idleMillis = idleTimeout.toMillis();
        if (idleMillis > 0) {
            packetsSeen = packets();
            worker.wheel().arm(idle, worker.nowMillis() + idleMillis);
        }
        if (!longest.isZero()) {
            worker.wheel().arm(end, worker.nowMillis() + longest.toMillis());
        }
    }

    void stop() {
        worker.wheel().cancel(idle);
        worker.wheel().cancel(end);
    }

    private void checkIdle(long nowMillis) {
        long packets = packets();
        if (packets == packetsSeen) {
            session.hangUp("no data for " + idleMillis / 1000 + " s");
        } else {
            packetsSeen = packets;
            worker.wheel().arm(idle, nowMillis + idleMillis);
        }
    }

    private long packets() {
        SessionDataCounters counters = session.counters();
        return counters.rxPackets() + counters.txPackets();
    }
}
