package org.isthmus.api;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A tunnel as it stands. Immutable.
 *
 * @param name          its name: as configured, or made of the peer's host name and our id
 * @param tunnelId      our id, 0 before there is one
 * @param peerTunnelId  the peer's id, 0 before it is known
 * @param state         its state
 * @param origin        who asked for it
 * @param local         our address and port, where known
 * @param peer          the peer's address and port, where known
 * @param peerHostName  the peer's Host Name AVP, or empty
 * @param peerVendor    the peer's Vendor Name AVP, or empty
 * @param profile       the tunnel profile that applies
 * @param peerProfile   the peer profile that matched, or empty
 * @param authenticated whether the peer proved that it knows the secret
 * @param persistent    whether it comes back by itself
 * @param sessions      how many sessions it has
 * @param created       when it was made
 * @param upSince       since when it is up
 * @param retryAt       when it is tried again
 * @param lastCause     why it last went down
 * @param counters      its counters by name, see docs/counters.md
 * @param protocol      what it speaks
 */
public record TunnelStatus(String name, int tunnelId, int peerTunnelId, TunnelState state, Origin origin,
        Optional<InetSocketAddress> local, Optional<InetSocketAddress> peer, String peerHostName, String peerVendor,
        String profile, String peerProfile, boolean authenticated, boolean persistent, int sessions, Instant created,
        Optional<Instant> upSince, Optional<Instant> retryAt, Cause lastCause, Map<String, Long> counters,
        TunnelProtocol protocol) {
    public TunnelStatus {
        counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
    }

    /** One of version 2. */
    public TunnelStatus(String name, int tunnelId, int peerTunnelId, TunnelState state, Origin origin,
            Optional<InetSocketAddress> local, Optional<InetSocketAddress> peer, String peerHostName, String peerVendor,
            String profile, String peerProfile, boolean authenticated, boolean persistent, int sessions, Instant created,
            Optional<Instant> upSince, Optional<Instant> retryAt, Cause lastCause, Map<String, Long> counters) {
        this(name, tunnelId, peerTunnelId, state, origin, local, peer, peerHostName, peerVendor, profile, peerProfile,
                authenticated, persistent, sessions, created, upSince, retryAt, lastCause, counters, TunnelProtocol.V2);
    }
}
