package org.isthmus.core.simulator;

/**
 * What a network does to datagrams.
 *
 * @param lossPercent      lost
 * @param duplicatePercent delivered twice
 * @param delayMillis      time that each takes
 * @param jitterMillis     additional time, at random: datagrams overtake each other
 */
public record Impairment(int lossPercent, int duplicatePercent, long delayMillis, long jitterMillis) {
    /** A network that only takes a little time. */
    public static final Impairment NONE = new Impairment(0, 0, 5, 0);
    /** Nothing arrives. */
    public static final Impairment DEAD = loss(100);

    public static Impairment loss(int percent) {
        return new Impairment(percent, 0, 5, 0);
    }
}
