package org.isthmus.core.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.isthmus.api.Origin;
import org.isthmus.core.checkpoint.BlockCheckpoint;
import org.isthmus.core.checkpoint.PortCheckpoint;
import org.isthmus.core.checkpoint.PortCheckpoint.Use;
import org.isthmus.core.journal.Journal;
import org.isthmus.core.journal.KeptPort;
import org.isthmus.core.journal.KeptSession;
import org.isthmus.core.journal.KeptTunnel;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;
import org.isthmus.handover.fields.Records;
import org.isthmus.protocol.tunnel.SessionCheckpoint;

/**
 * Has what changes in a worker's tunnels written down at the end of each turn, and what the turn says to peers sent only then: a peer
 * never hears of anything that is forgotten when the process is killed. On the worker's thread. Without a journal it does nothing.
 */
final class WorkerJournal {
    private static final int NOT_KEPT = 0;

    private final Worker worker;
    private final Records records = new Records();
    private Journal journal;
    /** What has changed in this turn: tunnels, and sessions of them by their identifiers. */
    private final Map<LiveTunnel, Set<Integer>> touched = new LinkedHashMap<>();
    private final Map<Port, Integer> ports = new IdentityHashMap<>();
    private final Set<Port> unwritten = new LinkedHashSet<>();
    private final List<Message> messages = new ArrayList<>();
    private int lastNumber;
    private boolean portsChanged;

    private record Message(PeerPath path, byte[] datagram, int dscp, boolean whole) {
    }

    WorkerJournal(Worker worker) {
        this.worker = worker;
    }

    /** Writes all that there is, and follows what changes from now on. */
    void begin(Optional<Journal> empty) {
        empty.ifPresent(found -> {
            journal = found;
            unwritten.addAll(ports.keySet());
            touchAll();
            commit();
        });
    }

    private void touchAll() {
        portsChanged = true;
        for (LiveTunnel tunnel : worker.tunnels().all()) {
            touched(tunnel);
            tunnel.sessions().all().forEach(session -> touched(tunnel, session.sessionId()));
            tunnel.protocol().ifPresent(protocol -> protocol.sessions().forEach(session -> touched(tunnel, session.localId())));
        }
    }

    /** Writes all of it as it is at this moment, what is counted as well. */
    void writeAll() {
        touchAll();
        commit();
    }

    // ---- what has changed

    void touched(LiveTunnel tunnel) {
        if (journal != null) {
            touched.computeIfAbsent(tunnel, any -> new HashSet<>(4));
        }
    }

    void touched(LiveTunnel tunnel, int sessionId) {
        if (journal != null) {
            touched.computeIfAbsent(tunnel, any -> new HashSet<>(4)).add(sessionId);
        }
    }

    /** Ports were opened or closed. */
    void portsTouched() {
        portsChanged = true;
    }

    /** Goes on with a port that another object had under this number. */
    void adopted(Port port, int number) {
        if (number != NOT_KEPT) {
            ports.put(port, number);
            lastNumber = Math.max(lastNumber, number);
        }
    }

    /** Its number here, or 0. */
    int numberOf(Port port) {
        return ports.getOrDefault(port, NOT_KEPT);
    }

    // ---- what is kept back

    /** Sends a control message at the end of the turn; false if that is to be done at once. */
    boolean sendsLater(PeerPath path, ByteBuffer datagram, int dscp, boolean whole) {
        if (journal == null) {
            return false;
        }
        byte[] octets = new byte[datagram.remaining()];
        datagram.duplicate().get(octets);
        messages.add(new Message(path, octets, dscp, whole));
        return true;
    }

    // ---- the end of a turn

    /** Writes what has changed, then sends what was kept back. */
    void commit() {
        if (journal == null) {
            return;
        }
        if (!touched.isEmpty() || portsChanged) {
            write();
            journal.commit();
        }
        if (!messages.isEmpty()) {
            messages.forEach(message -> worker.controlSender().transmit(message.path(), ByteBuffer.wrap(message.datagram()), message.dscp(),
                    message.whole()));
            messages.clear();
        }
    }

    private void write() {
        Map<LiveTunnel, Set<Integer>> all = new LinkedHashMap<>(touched);
        touched.clear();
        boolean closed = portsChanged;
        for (Map.Entry<LiveTunnel, Set<Integer>> changed : all.entrySet()) {
            LiveTunnel tunnel = changed.getKey();
            changed.getValue().forEach(id -> write(tunnel, id));
            if (worker.tunnels().all().contains(tunnel)) {
                Optional<BlockCheckpoint> onward = worker.onward().find(tunnel.identity().name()).map(BlockCheckpoint::of);
                journal.put(KeptTunnel.key(tunnel.tunnelId()), records.octets(new KeptTunnel(tunnel.checkpoint(this::number), onward)));
            } else {
                journal.remove(KeptTunnel.key(tunnel.tunnelId()));
                closed = true;
            }
        }
        if (portsChanged) {
            worker.listening().all().forEach(this::number);
        }
        if (closed) {
            forgetClosed();
        }
        unwritten.forEach(this::write);
        unwritten.clear();
        portsChanged = false;
    }

    private void write(LiveTunnel tunnel, int sessionId) {
        String key = KeptSession.key(tunnel.tunnelId(), sessionId);
        Optional<SessionCheckpoint> protocol = tunnel.protocol().flatMap(machine -> machine.session(sessionId))
                .map(session -> session.checkpoint(worker.nowMillis()));
        Optional<LiveSession> live = tunnel.sessions().find(sessionId);
        Optional<BlockCheckpoint> block = live.filter(session -> session.plan().origin() == Origin.LOCAL)
                .flatMap(session -> worker.local().find(tunnel.identity().name())
                        .flatMap(asked -> asked.session(session.plan().name()))).map(asked -> BlockCheckpoint.of(asked.block()));
        KeptSession kept = new KeptSession(protocol, live.map(LiveSession::checkpoint), block);
        if (kept.protocol().isEmpty() && kept.live().isEmpty()) {
            journal.remove(key);
        } else {
            journal.put(key, records.octets(kept));
        }
    }

    private int number(Port port) {
        Integer known = ports.get(port);
        if (known == null) {
            if (port.beside() != port) {
                number(port.beside());
            }
            known = ++lastNumber;
            ports.put(port, known);
            unwritten.add(port);
        }
        return known;
    }

    private void write(Port port) {
        int number = ports.get(port);
        Optional<PortCheckpoint.Ours> ours = Optional.ofNullable(worker.local().openPorts().get(port));
        Use use = worker.listening().has(port) ? Use.LISTENING : ours.isPresent() ? Use.OURS : Use.TUNNEL;
        int beside = port.beside() == port ? number : numberOf(port.beside());
        int sockets = worker.network().keep(port, socket -> KeptPort.descriptor(worker.index(), number, socket));
        journal.put(KeptPort.key(number), records.octets(new KeptPort(
                new PortCheckpoint(use, port.asParked(), beside, ours, number), sockets)));
    }

    private void forgetClosed() {
        ports.entrySet().removeIf(known -> {
            boolean closed = !known.getKey().isOpen();
            if (closed) {
                journal.remove(KeptPort.key(known.getValue()));
                unwritten.remove(known.getKey());
            }
            return closed;
        });
    }

    // ---- its end

    /** Another object goes on; what is written stays until that has written its own. */
    void leave() {
        if (journal != null) {
            commit();
            journal.leave();
            journal = null;
        }
    }

    /** Nobody goes on. */
    void close() {
        if (journal != null) {
            commit();
            journal.close();
            journal = null;
        }
    }
}
