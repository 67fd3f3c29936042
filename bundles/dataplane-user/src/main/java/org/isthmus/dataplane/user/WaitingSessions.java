package org.isthmus.dataplane.user;

/**
 * The sessions of a tunnel that keep packets which came early, in a row that is linked through them, so that nothing is allocated. A
 * session that has let its packets go stays until the next time-out. For one thread.
 */
final class WaitingSessions {

    private UserSession first;
    /** The next one to be told the time, while that is under way. */
    private UserSession cursor;
    private long deadline = Resequencer.NEVER;

    /** The earliest time at which a session may have something to do. */
    long deadline() {
        return deadline;
    }

    /** Takes note of a session's deadline, if it has one. */
    void add(UserSession session) {
        long wanted = session.deadline();
        if (wanted == Resequencer.NEVER || session.closed) {
            return;
        }
        deadline = Math.min(deadline, wanted);
        if (!session.waiting) {
            session.waiting = true;
            session.nextWaiting = first;
            if (first != null) {
                first.previousWaiting = session;
            }
            first = session;
        }
    }

    void remove(UserSession session) {
        if (!session.waiting) {
            return;
        }
        session.waiting = false;
        if (cursor == session) {
            cursor = session.nextWaiting;
        }
        if (first == session) {
            first = session.nextWaiting;
        } else {
            session.previousWaiting.nextWaiting = session.nextWaiting;
        }
        if (session.nextWaiting != null) {
            session.nextWaiting.previousWaiting = session.previousWaiting;
        }
        session.nextWaiting = null;
        session.previousWaiting = null;
    }

    /** Tells all the time. What a session lets go may end any of them. */
    void timeout(long nowMillis) {
        deadline = Resequencer.NEVER;
        cursor = first;
        while (cursor != null) {
            UserSession session = cursor;
            cursor = session.nextWaiting;
            session.timeout(nowMillis);
            if (session.deadline() == Resequencer.NEVER) {
                remove(session);
            } else {
                deadline = Math.min(deadline, session.deadline());
            }
        }
    }
}
