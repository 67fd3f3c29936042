package org.isthmus.core.checkpoint;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.isthmus.api.pool.Lease;
import org.isthmus.protocol.tunnel.SessionCheckpoint;

/**
 * The engine at one moment. Descriptors are numbers into the list of the parcel that it lies in; times without a date are relative to
 * that moment, in milliseconds.
 *
 * @param version    of the bundle that left it
 * @param left       that moment
 * @param started    when the engine was started first
 * @param sources    what each source says should exist
 * @param draining   what the operator said of draining, if something
 * @param callSerial the last serial number of a call of ours
 * @param counters   the sums over all workers, by label
 * @param workers    in their order: identifiers say whose a tunnel is, so that there are as many again
 */
public record EngineCheckpoint(String version, Instant left, Instant started, List<SourceCheckpoint> sources, Optional<Boolean> draining,
        long callSerial, Map<String, Long> counters, List<WorkerCheckpoint> workers) {

    /** What pools have lent to sessions that go on. */
    public Set<Lease> leases() {
        return workers.stream().flatMap(worker -> worker.tunnels().stream()).flatMap(tunnel -> tunnel.sessions().stream())
                .flatMap(session -> session.ppp().stream()).flatMap(ppp -> ppp.lease().stream()).collect(Collectors.toSet());
    }

    /** The sessions of a tunnel, as its state machine knows them. */
    public List<SessionCheckpoint> sessionsOf(int tunnelId) {
        return workers.stream().flatMap(worker -> worker.tunnels().stream()).filter(tunnel -> tunnel.tunnelId() == tunnelId)
                .flatMap(tunnel -> tunnel.protocol().stream()).flatMap(protocol -> protocol.sessions().stream()).toList();
    }

    /** Our identifiers of the tunnels that have a way to their peer. */
    public Set<Integer> tunnelIds() {
        return workers.stream().flatMap(worker -> worker.tunnels().stream()).map(LiveTunnelCheckpoint::tunnelId)
                .collect(Collectors.toSet());
    }

    /** Tunnels that have a way to their peer. */
    public long tunnels() {
        return workers.stream().mapToLong(worker -> worker.tunnels().size()).sum();
    }

    /** Their sessions. */
    public long sessions() {
        return workers.stream().flatMap(worker -> worker.tunnels().stream()).mapToLong(tunnel -> tunnel.sessions().size()).sum();
    }
}
