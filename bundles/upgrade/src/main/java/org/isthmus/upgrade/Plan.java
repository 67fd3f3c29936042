package org.isthmus.upgrade;

import java.util.List;

/**
 * What an upgrade would do, before anything is stopped.
 *
 * @param replaced  the bundles that are replaced
 * @param restarted others that the framework stops and starts again, since they use packages of those
 * @param refusals  why it cannot be; empty if it can
 * @param pause     what is expected of the pause
 */
record Plan(List<Replaced> replaced, List<Restarted> restarted, List<Refusal> refusals, Pause pause) {

    /**
     * A bundle that is replaced.
     *
     * @param bundle  its symbolic name
     * @param from    the version that is there
     * @param to      the version that comes
     * @param keeps   what goes on from one to the other, or empty where it says nothing of it
     * @param instead what does not, and what happens instead
     */
    record Replaced(String bundle, String from, String to, String keeps, String instead) {
    }

    /** A bundle that restarts; components as those of {@link Replaced}. */
    record Restarted(String bundle, String version, String keeps, String instead) {
    }

    /**
     * Why a bundle cannot be replaced.
     *
     * @param bundle its symbolic name
     * @param reason what is wrong
     * @param mend   what to do
     */
    record Refusal(String bundle, String reason, String mend) {
    }

    /**
     * A pause of what the bundles do.
     *
     * @param millis   how long
     * @param measured whether that is what the last upgrade of the same bundle took here, and not what experience elsewhere says
     * @param packets  what becomes of packets meanwhile
     */
    record Pause(long millis, boolean measured, String packets) {
    }
}
