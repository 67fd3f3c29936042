package org.isthmus.api.pool;

/** No address could be lent; the message names the pool, why, and what to do. */
public final class PoolException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason { NO_SUCH_POOL, EXHAUSTED, DRAINING }

    private final Reason reason;

    public PoolException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
