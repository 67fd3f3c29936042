package org.isthmus.core.trace;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

import org.isthmus.api.TracedDatagram;
import org.isthmus.core.net.PeerPath;

/** The traces of one tunnel, at least one. Immutable; any thread may put into it. */
final class Tap {
    private final List<TraceQueue> queues;
    private final boolean withData;

    Tap(List<TraceQueue> queues) {
        this.queues = List.copyOf(queues);
        this.withData = queues.stream().anyMatch(TraceQueue::withData);
    }

    List<TraceQueue> queues() {
        return queues;
    }

    boolean withData() {
        return withData;
    }

    void put(Instant when, boolean sent, boolean control, PeerPath path, ByteBuffer packet) {
        byte[] payload = new byte[packet.remaining()];
        packet.get(packet.position(), payload);
        InetSocketAddress source = sent ? path.local() : path.remote();
        InetSocketAddress destination = sent ? path.remote() : path.local();
        for (TraceQueue queue : queues) {
            if (control || queue.withData()) {
                queue.put(new TracedDatagram(when, sent, control, path.encapsulation(), source, destination,
                        queues.size() == 1 ? payload : payload.clone()));
            }
        }
    }
}
