package org.isthmus.core.net;

/**
 * How a port is opened.
 *
 * @param shared    several workers open the same address; each gets the packets of its own tunnels
 * @param checksums put checksums into what is sent over IPv4
 */
public record PortOptions(boolean shared, boolean checksums) {
    /** A port of one worker alone, with checksums. */
    public static final PortOptions OWN = new PortOptions(false, true);
    /** A port that every worker opens. */
    public static final PortOptions SHARED = new PortOptions(true, true);
}
