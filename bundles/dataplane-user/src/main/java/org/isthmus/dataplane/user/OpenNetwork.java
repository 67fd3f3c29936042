package org.isthmus.dataplane.user;

/**
 * How the network packets of a session pass while its network is up. Immutable.
 *
 * @param device the interface that takes what the peer sends
 * @param ipv4 whether IPv4 passes
 * @param ipv6 whether IPv6 passes
 * @param mtu the largest packet in bytes
 * @param sources which source addresses the peer may use
 * @param epoch the session's count of network endings when this was asked for: once it has grown, this is void
 */
record OpenNetwork(TunDevice device, boolean ipv4, boolean ipv6, int mtu, SourceFilter sources, int epoch) {

    boolean carries(int version) {
        return version == 4 ? ipv4 : ipv6;
    }
}
