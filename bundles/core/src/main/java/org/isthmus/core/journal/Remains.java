package org.isthmus.core.journal;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.api.config.Schema;
import org.isthmus.core.checkpoint.BlockCheckpoint;
import org.isthmus.core.checkpoint.EngineCheckpoint;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.checkpoint.LiveTunnelCheckpoint;
import org.isthmus.core.checkpoint.OursCheckpoint;
import org.isthmus.core.checkpoint.OursCheckpoint.OurSession;
import org.isthmus.core.checkpoint.PortCheckpoint;
import org.isthmus.core.checkpoint.WorkerCheckpoint;
import org.isthmus.handover.fields.Records;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.protocol.tunnel.SessionCheckpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process that is gone has left: puts together from its journals and descriptors what it would have left as a whole if it had been
 * asked, an {@link EngineCheckpoint}. A tunnel that cannot be read, or whose sockets are missing, is left out and logged.
 */
public final class Remains {
    private static final Logger LOG = LoggerFactory.getLogger(Remains.class);
    /** So many calls may have been placed since a number was written down. */
    private static final long SERIALS = 1 << 16;
    /** More than a port has. */
    private static final int MOST_SOCKETS = 16;

    private final Map<String, Integer> descriptors;
    private final List<String> used = new ArrayList<>();

    /** @param descriptors those that there are, by their names */
    public Remains(Map<String, Integer> descriptors) {
        this.descriptors = descriptors;
    }

    /**
     * Puts it together.
     *
     * @param engine  the journal of the engine
     * @param workers those of its workers
     * @throws UnreadableException if not even the engine itself can be read
     */
    public EngineCheckpoint read(Map<String, byte[]> engine, List<Map<String, byte[]>> workers) throws UnreadableException {
        KeptEngine kept = Records.read(KeptEngine.class, ByteBuffer.wrap(engine.getOrDefault(KeptEngine.KEY, new byte[0])));
        if (kept.workers() != workers.size() || workers.isEmpty()) {
            throw new UnreadableException("there were " + kept.workers() + " workers, and journals of " + workers.size());
        }
        Map<String, BlockCheckpoint> blocks = kept.sources().stream().flatMap(source -> source.blocks().stream())
                .filter(block -> block.keyword().equals(Schema.TUNNEL.keyword()))
                .collect(Collectors.toMap(BlockCheckpoint::name, block -> block, (one, other) -> one, LinkedHashMap::new));
        List<WorkerCheckpoint> shares = new ArrayList<>();
        for (int i = 0; i < workers.size(); i++) {
            shares.add(worker(i, workers.get(i), blocks));
        }
        return new EngineCheckpoint(kept.version(), kept.written(), kept.started(), kept.sources(), kept.draining(),
                kept.callSerial() + SERIALS, kept.counters(), shares);
    }

    /** The names of the descriptors that are gone on with, in the order of their places. */
    public List<String> used() {
        return List.copyOf(used);
    }

    private WorkerCheckpoint worker(int index, Map<String, byte[]> journal, Map<String, BlockCheckpoint> blocks) {
        Map<Integer, Integer> places = new HashMap<>();
        List<PortCheckpoint> ports = ports(index, journal, places);
        List<LiveTunnelCheckpoint> tunnels = new ArrayList<>();
        List<OursCheckpoint> ours = new ArrayList<>();
        Map<Integer, List<KeptSession>> sessions = new HashMap<>();
        all(journal, KeptSession.KEY, KeptSession.class).forEach((key, kept) ->
                sessions.computeIfAbsent(KeptSession.tunnelOf(key), any -> new ArrayList<>()).add(kept));
        for (KeptTunnel kept : all(journal, KeptTunnel.KEY, KeptTunnel.class).values()) {
            List<KeptSession> parts = sessions.getOrDefault(kept.tunnel().tunnelId(), List.of());
            tunnel(kept.tunnel(), parts, places).ifPresent(tunnel -> {
                tunnels.add(tunnel);
                if (tunnel.origin() == Origin.LOCAL) {
                    kept.onward().or(() -> Optional.ofNullable(blocks.get(tunnel.name())))
                            .ifPresent(block -> ours.add(ours(block, tunnel, parts, kept.onward().isPresent())));
                }
            });
        }
        return new WorkerCheckpoint(ports, ours, tunnels, List.of());
    }

    private static <R extends Record> Map<String, R> all(Map<String, byte[]> journal, String prefix, Class<R> type) {
        Map<String, R> found = new LinkedHashMap<>();
        journal.forEach((key, octets) -> {
            if (key.startsWith(prefix)) {
                try {
                    found.put(key, Records.read(type, ByteBuffer.wrap(octets)));
                } catch (UnreadableException unreadable) {
                    LOG.error("{} of before cannot be read, and is lost: {}", key, unreadable.getMessage());
                }
            }
        });
        return found;
    }

    private List<PortCheckpoint> ports(int worker, Map<String, byte[]> journal, Map<Integer, Integer> places) {
        record Numbered(int number, KeptPort kept) {
        }
        List<Numbered> all = new ArrayList<>();
        all(journal, KeptPort.KEY, KeptPort.class).values().forEach(kept -> all.add(new Numbered(kept.port().kept(), kept)));
        all.sort(Comparator.comparing(port -> port.kept().port().use())); // those that others were opened beside come first
        List<PortCheckpoint> ports = new ArrayList<>();
        for (Numbered port : all) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < Math.min(port.kept().sockets(), MOST_SOCKETS); i++) {
                names.add(KeptPort.descriptor(worker, port.number(), i));
            }
            if (!names.isEmpty() && descriptors.keySet().containsAll(names)) {
                List<Integer> numbers = names.stream().map(name -> used.size() + names.indexOf(name)).toList();
                used.addAll(names);
                places.put(port.number(), ports.size());
                PortCheckpoint before = port.kept().port();
                ports.add(new PortCheckpoint(before.use(), before.port().with(numbers), places.getOrDefault(before.beside(), -1),
                        before.ours(), before.kept()));
            }
        }
        return ports;
    }

    private static Optional<LiveTunnelCheckpoint> tunnel(LiveTunnelCheckpoint kept, Collection<KeptSession> parts,
            Map<Integer, Integer> places) {
        Integer port = places.get(kept.port());
        if (port == null) {
            LOG.error("tunnel \"{}\" with {} is lost: its socket was not kept", kept.name(), kept.remote());
            return Optional.empty();
        }
        OptionalInt own = kept.own().isPresent() && places.containsKey(kept.own().getAsInt())
                ? OptionalInt.of(places.get(kept.own().getAsInt())) : OptionalInt.empty();
        List<SessionCheckpoint> calls = parts.stream().flatMap(session -> session.protocol().stream()).toList();
        List<LiveSessionCheckpoint> sessions = parts.stream().flatMap(session -> session.live().stream()).toList();
        return Optional.of(kept.with(port, own, kept.protocol().map(protocol -> protocol.with(calls, List.of())), sessions));
    }

    /** A tunnel of ours as if it had been written down: what it was made of, its sessions that are live, and those that it was made with. */
    private static OursCheckpoint ours(BlockCheckpoint block, LiveTunnelCheckpoint live, Collection<KeptSession> parts, boolean onward) {
        BlockCheckpoint alone = new BlockCheckpoint(block.keyword(), block.name(), block.values(), block.secrets(), List.of(),
                block.where());
        Map<String, OurSession> sessions = new LinkedHashMap<>();
        block.nested().forEach(session -> sessions.put(session.name(), session(session, live.created(), false)));
        parts.forEach(session -> session.block().ifPresent(made -> sessions.put(made.name(),
                session(made, session.live().map(LiveSessionCheckpoint::created).orElse(live.created()), true))));
        return new OursCheckpoint(alone, live.created(), true, Optional.empty(), false, Cause.NONE,
                Optional.of(live.remote().getAddress()), onward, List.copyOf(sessions.values()));
    }

    private static OurSession session(BlockCheckpoint block, Instant created, boolean live) {
        return new OurSession(block, created, live, Optional.empty(), Cause.NONE);
    }
}
