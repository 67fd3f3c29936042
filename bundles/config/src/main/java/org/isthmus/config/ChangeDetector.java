package org.isthmus.config;

/**
 * Says when what is watched has changed and come to rest: it looked the same at two looks in a row, and not as when it
 * was last taken. So a file that is being written is left alone until its writer pauses.
 *
 * @param <T> what is looked at
 */
final class ChangeDetector<T> {
    private T taken;
    private T seen;

    /** This state is, or is about to be, dealt with. */
    void take(T state) {
        taken = state;
        seen = null;
    }

    /** Whether to deal with this state now. */
    boolean look(T state) {
        boolean rests = state.equals(seen);
        seen = state;
        return rests && !state.equals(taken);
    }
}
