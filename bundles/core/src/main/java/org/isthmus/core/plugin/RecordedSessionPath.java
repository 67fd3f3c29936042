package org.isthmus.core.plugin;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.dataplane.BundleSpec;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.EncryptionKeys;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.PppEncryption;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;

/** The path of a session, with its calls recorded as those of its data plane. What the data plane throws comes as {@link PluginFailure}. */
final class RecordedSessionPath implements SessionPath {
    private final SessionPath path;
    private final CallRecord record;

    RecordedSessionPath(SessionPath path, CallRecord record) {
        this.path = path;
        this.record = record;
    }

    /** What the data plane knows, which tells its own paths from those of others. */
    private static SessionPath own(SessionPath other) {
        return other instanceof RecordedSessionPath recorded ? recorded.path : other;
    }

    @Override
    public void sendPpp(ByteBuffer frame) {
        record.run(() -> path.sendPpp(frame));
    }

    @Override
    public CompletionStage<Void> networkUp(NetworkSpec network) {
        return record.ask(() -> path.networkUp(network), DataplaneException.class);
    }

    @Override
    public void networkDown() {
        record.run(path::networkDown);
    }

    @Override
    public CompletionStage<Void> prepareEncryption(EncryptionKeys keys) {
        return record.ask(() -> path.prepareEncryption(keys), DataplaneException.class);
    }

    @Override
    public void encrypt(PppEncryption encryption) {
        record.run(() -> path.encrypt(encryption));
    }

    @Override
    public void stopEncryption() {
        record.run(path::stopEncryption);
    }

    /** Paths of two data planes are no failure of either. */
    @Override
    public void passTo(SessionPath other) {
        record.time(() -> {
            path.passTo(own(other));
            return null;
        });
    }

    @Override
    public CompletionStage<Void> joinBundle(BundleSpec bundle, Optional<SessionPath> other) {
        return record.time(() -> path.joinBundle(bundle, other.map(RecordedSessionPath::own)));
    }

    @Override
    public void leadBundle() {
        record.run(path::leadBundle);
    }

    @Override
    public void leaveBundle() {
        record.run(path::leaveBundle);
    }

    @Override
    public void hold(boolean held) {
        record.run(() -> path.hold(held));
    }

    @Override
    public void mtu(int mtu) {
        record.run(() -> path.mtu(mtu));
    }

    @Override
    public String interfaceName() {
        return record.call(path::interfaceName);
    }

    @Override
    public int pppSocket() {
        return record.call(path::pppSocket);
    }

    @Override
    public SessionDataCounters counters() {
        return record.call(path::counters);
    }

    @Override
    public int nextNumber() {
        return record.call(path::nextNumber);
    }

    @Override
    public void close() {
        record.run(path::close);
    }
}
