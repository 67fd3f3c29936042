package org.isthmus.upgrade;

import java.util.List;

/**
 * What became of an upgrade.
 *
 * @param result      done or not
 * @param reason      why it was rolled back; empty if it was not
 * @param pauseMillis from the first bundle's stop to the last one's start
 * @param notes       what else there is to know
 */
record Outcome(Result result, String reason, long pauseMillis, List<String> notes) {

    /** How it ended. */
    enum Result {
        /** The new versions run. */
        DONE,
        /** The versions of before run, and all goes on. */
        ROLLED_BACK,
        /** The versions of before run, or were to, and not all goes on. */
        FAILED
    }
}
