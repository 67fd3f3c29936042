package org.isthmus.examples.recorder;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;

/** Stands on both sides of a tunnel's path: what the engine hands in passes here, and what the path sends. */
final class RecordedTunnel implements TunnelPath, TunnelPort {
    private final PcapFile file;
    private final TunnelPort port;
    private volatile TunnelSpec spec;
    private TunnelPath path;

    RecordedTunnel(PcapFile file, TunnelSpec spec, TunnelPort port) {
        this.file = file;
        this.spec = spec;
        this.port = port;
    }

    /** In front of this path. */
    TunnelPath on(TunnelPath opened) {
        path = opened;
        return this;
    }

    // ---- what the path sends; any thread

    @Override
    public int send(ByteBuffer packet, int dscp) {
        TunnelSpec now = spec;
        file.record(new Packet(now.local(), now.peer(), now.encapsulation() == Encapsulation.UDP, packet));
        return port.send(packet, dscp);
    }

    // ---- what the engine hands in; the tunnel's worker

    @Override
    public void receive(ByteBuffer packet, long nowMillis) {
        file.record(new Packet(spec.peer(), spec.local(), spec.encapsulation() == Encapsulation.UDP, packet));
        path.receive(packet, nowMillis);
    }

    @Override
    public CompletionStage<SessionPath> openSession(SessionSpec session, SessionPort sessionPort) {
        return path.openSession(session, sessionPort);
    }

    @Override
    public long nextTimeoutMillis() {
        return path.nextTimeoutMillis();
    }

    @Override
    public void timeout(long nowMillis) {
        path.timeout(nowMillis);
    }

    @Override
    public void peerMoved(TunnelSpec moved) {
        spec = moved;
        path.peerMoved(moved);
    }

    @Override
    public TunnelDataCounters counters() {
        return path.counters();
    }

    /** The path is parked by "user" and given back when it is asked for again. */
    @Override
    public void park() {
        path.park();
    }

    @Override
    public void close() {
        path.close();
    }
}
