package org.isthmus.core.plugin;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;

/** The path of a tunnel, with its calls recorded as those of its data plane. What the data plane throws comes as {@link PluginFailure}. */
public final class RecordedTunnelPath implements TunnelPath {
    private final TunnelPath path;
    private final CallRecord record;

    private RecordedTunnelPath(TunnelPath path, CallRecord record) {
        this.path = path;
        this.record = record;
    }

    /** Asks a data plane for one. */
    public static CompletionStage<TunnelPath> open(Dataplane dataplane, CallRecord record, TunnelSpec spec, TunnelPort port) {
        return record.ask(() -> dataplane.openTunnel(spec, port), DataplaneException.class)
                .thenApply(path -> new RecordedTunnelPath(path, record));
    }

    @Override
    public CompletionStage<SessionPath> openSession(SessionSpec spec, SessionPort port) {
        return record.ask(() -> path.openSession(spec, port), DataplaneException.class).thenApply(opened -> {
            record.succeeded();
            return new RecordedSessionPath(opened, record);
        });
    }

    /** Of every packet, so not timed. A packet that it cannot stand is no reason to set it aside: anybody may send one. */
    @Override
    public void receive(ByteBuffer packet, long nowMillis) {
        try {
            path.receive(packet, nowMillis);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError broken) {
            throw record.noted(broken);
        }
    }

    @Override
    public long nextTimeoutMillis() {
        return path.nextTimeoutMillis();
    }

    @Override
    public void timeout(long nowMillis) {
        try {
            path.timeout(nowMillis);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError broken) {
            throw record.noted(broken);
        }
    }

    @Override
    public void peerMoved(TunnelSpec spec) {
        record.run(() -> path.peerMoved(spec));
    }

    @Override
    public TunnelDataCounters counters() {
        return record.call(path::counters);
    }

    @Override
    public void park() {
        record.run(path::park);
    }

    @Override
    public void close() {
        record.run(path::close);
    }
}
