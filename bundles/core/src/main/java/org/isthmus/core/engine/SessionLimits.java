package org.isthmus.core.engine;

import java.time.Duration;
import java.util.Optional;

import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.timer.Timer;

/**
 * Ends a session that is silent for too long ({@code idle_timeout}) or up for too long ({@code max_connect_time}). Data
 * planes do not report each packet, so their counters are looked at eight times in the idle time. The links of a bundle are silent
 * when all of them are.
 */
final class SessionLimits {
    private static final int LOOKS = 8;
    private static final long LEAST_LOOK_MILLIS = 1000;

    private final Worker worker;
    private final LiveSession session;
    private final Timer idle = new Timer(this::look);
    private final Timer end;
    private Settings settings;
    private AcceptedUser user = AcceptedUser.NOBODY;
    private boolean running;
    private long startedMillis;
    private long idleMillis;
    private long packetsSeen;
    private long lastPacketMillis;

    SessionLimits(Worker worker, LiveSession session) {
        this.worker = worker;
        this.session = session;
        this.settings = session.plan().session();
        this.end = new Timer(now -> session.end().hangUp("the longest connect time is reached"));
    }

    /** Starts the clocks; what the user was granted goes before the profile. */
    void start(AcceptedUser accepted) {
        user = accepted;
        running = true;
        startedMillis = worker.nowMillis();
        lastPacketMillis = startedMillis;
        packetsSeen = session.networkPackets();
        arm();
    }

    Optional<LiveSessionCheckpoint.Limits> checkpoint() {
        return !running ? Optional.empty() : Optional.of(new LiveSessionCheckpoint.Limits(user.name(), user.grant(),
                startedMillis - worker.nowMillis(), packetsSeen, lastPacketMillis - worker.nowMillis()));
    }

    /** The clocks of another object go on. */
    void resume(LiveSessionCheckpoint.Limits before) {
        user = new AcceptedUser(before.user(), before.grant());
        running = true;
        startedMillis = worker.nowMillis() + before.started();
        packetsSeen = before.packets();
        lastPacketMillis = worker.nowMillis() + before.lastPacket();
        arm();
    }

    /** The profile says something else now; the clocks go on. */
    void change(Settings changed) {
        settings = changed;
        if (running) {
            arm();
        }
    }

    void stop() {
        running = false;
        worker.wheel().cancel(idle);
        worker.wheel().cancel(end);
    }

    private void arm() {
        Duration idleTimeout = user.grant().idleTimeout().orElse(settings.get(SessionParameters.IDLE_TIMEOUT));
        Duration longest = user.grant().sessionTimeout().orElse(settings.get(SessionParameters.MAX_CONNECT_TIME));
        idleMillis = idleTimeout.toMillis();
        armLook();
        if (longest.isZero()) {
            worker.wheel().cancel(end);
        } else {
            worker.wheel().arm(end, startedMillis + longest.toMillis());
        }
    }

    private void armLook() {
        if (idleMillis == 0) {
            worker.wheel().cancel(idle);
            return;
        }
        long next = Math.min(worker.nowMillis() + Math.max(LEAST_LOOK_MILLIS, idleMillis / LOOKS),
                lastPacketMillis + idleMillis);
        worker.wheel().arm(idle, next);
    }

    private void look(long nowMillis) {
        long packets = session.networkPackets();
        if (packets != packetsSeen) {
            packetsSeen = packets;
            lastPacketMillis = nowMillis;
        }
        lastPacketMillis = session.ppp().heard(lastPacketMillis);
        if (nowMillis - lastPacketMillis >= idleMillis) {
            session.end().hangUp("no data for " + idleMillis / 1000 + " s");
            return;
        }
        armLook();
    }
}
