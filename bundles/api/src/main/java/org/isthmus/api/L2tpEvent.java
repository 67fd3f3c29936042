package org.isthmus.api;

import java.time.Instant;

/**
 * Something that happened to a tunnel or session. {@code CREATED} and {@code DELETED} come in pairs, as do
 * {@code UP} and {@code DOWN}, and the second pair lies inside the first.
 */
public sealed interface L2tpEvent {

    /** When. */
    Instant at();

    /** Why it went down; {@link Cause#NONE} otherwise. */
    Cause cause();

    /**
     * A tunnel's.
     *
     * @param tunnel the tunnel right after it
     */
    record TunnelEvent(Kind kind, TunnelStatus tunnel, Cause cause, Instant at) implements L2tpEvent {
    }

    /**
     * A session's. {@code UP} is the call itself; {@code PPP_UP} when network packets can pass; {@code SWITCHED} when
     * its frames begin to pass to another session instead, at most once between {@code UP} and {@code DOWN};
     * {@code LINE} when the other end told something of the line: errors, masks or speeds.
     *
     * @param session the session right after it
     */
    record SessionEvent(Kind kind, SessionStatus session, Cause cause, Instant at) implements L2tpEvent {
    }

    /** What happened. */
    enum Kind { CREATED, UP, PPP_UP, PPP_DOWN, SWITCHED, LINE, DOWN, DELETED }
}
