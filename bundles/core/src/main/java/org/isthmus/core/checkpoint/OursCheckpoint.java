package org.isthmus.core.checkpoint;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.Cause;

/**
 * A tunnel that somebody here asked for, up or not.
 *
 * @param block     its block, without the sessions
 * @param created   when it was asked for
 * @param live      whether it has a way to its peer, and is among the live tunnels
 * @param retryAt   when it is opened again
 * @param refused   whether it was not opened for a reason of ours that can pass
 * @param lastCause why it went down last
 * @param resolved  where its peer is
 * @param onward    whether it leads to an LNS that calls are switched to
 * @param sessions  its sessions, up or not
 */
public record OursCheckpoint(BlockCheckpoint block, Instant created, boolean live, Optional<Instant> retryAt, boolean refused,
        Cause lastCause, Optional<InetAddress> resolved, boolean onward, List<OurSession> sessions) {

    /**
     * A session of it.
     *
     * @param block     its block
     * @param created   when it was asked for
     * @param live      whether its call is placed, and it is among the sessions of the live tunnel
     * @param retryAt   when its call is placed again
     * @param lastCause why it went down last
     */
    public record OurSession(BlockCheckpoint block, Instant created, boolean live, Optional<Instant> retryAt, Cause lastCause) {
    }
}
