package org.isthmus.core.engine;

import java.util.Optional;
import java.util.function.Supplier;

import org.isthmus.api.Cause;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.ppp.proxy.ProxyValues;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;

/** What the maker of a session wants to know, and what it decides, on the worker's thread. */
interface SessionLifecycle {
    /** Nobody asks. */
    SessionLifecycle NONE = (session, cause, why) -> { };

    /**
     * The session is over.
     *
     * @param cause as people are told
     * @param why   all that the protocol knows
     */
    void closed(LiveSession session, Cause cause, CloseCause why);

    /** The path is open, the first or another one, and frames may pass: whether PPP runs on them here. */
    default boolean runsPpp(LiveSession session, ConnectedCall call) {
        return true;
    }

    /** Whether the user's name decides where the call goes, so that PPP keeps what another end would need. */
    default boolean awaitsUser() {
        return false;
    }

    /**
     * The user has said who it is. True if the call goes on elsewhere: PPP then ends here without a word.
     *
     * @param collected what another end needs to go on
     */
    default boolean takesUser(LiveSession session, String user, Supplier<Optional<ProxyValues>> collected) {
        return false;
    }

    /** The peer told something of the line. */
    default void told(LiveSession session, LineTold told) {
    }

    /** Where the frames of the session go on to, so that another object can go on with that. */
    default Optional<LiveSessionCheckpoint.Passing> passing() {
        return Optional.empty();
    }

    /** The full name of the session that the frames go to, or empty. */
    default String switchedTo() {
        return "";
    }
}
