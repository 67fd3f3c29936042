package org.isthmus.api.dataplane;

/**
 * What a tunnel's data path dropped before it found a session.
 *
 * @param malformed      packets whose header made no sense
 * @param unknownSession packets for a session that does not exist
 */
public record TunnelDataCounters(long malformed, long unknownSession) {
}
