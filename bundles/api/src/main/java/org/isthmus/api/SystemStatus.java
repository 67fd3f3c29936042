package org.isthmus.api;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The appliance as it stands. Immutable.
 *
 * @param version   of the engine
 * @param hostName  our name
 * @param started   when the engine started
 * @param listening where peers are heard
 * @param dataplane the data plane in use, or empty while there is none
 * @param workers   the number of worker threads
 * @param draining  whether new tunnels are refused
 * @param tunnels   tunnels by state
 * @param sessions  sessions by state
 * @param counters  counters by name, see docs/counters.md
 */
public record SystemStatus(String version, String hostName, Instant started, List<InetSocketAddress> listening,
        String dataplane, int workers, boolean draining, Map<TunnelState, Long> tunnels,
        Map<SessionState, Long> sessions, Map<String, Long> counters) {
    public SystemStatus {
        listening = List.copyOf(listening);
        tunnels = Collections.unmodifiableMap(new TreeMap<>(tunnels));
        sessions = Collections.unmodifiableMap(new TreeMap<>(sessions));
        counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
    }
}
