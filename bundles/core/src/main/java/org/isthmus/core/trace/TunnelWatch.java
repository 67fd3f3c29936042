package org.isthmus.core.trace;

import java.nio.ByteBuffer;

import org.isthmus.api.Origin;
import org.isthmus.core.net.PeerPath;
import org.isthmus.protocol.trace.MessageTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a tunnel shows of its datagrams. Control messages go to the log when its logger is at level TRACE:
 * {@code org.isthmus.trace.NAME} for a tunnel of ours, {@code org.isthmus.trace} for all of them and for those of peers.
 * Costs one look at a field when nobody watches. Any thread may call.
 */
public final class TunnelWatch {
    private static final String LOGGER = "org.isthmus.trace";

    private final Taps taps;
    private final String name;
    private final Logger log;
    private volatile Tap tap;

    TunnelWatch(Taps taps, String name, Origin origin) {
        this.taps = taps;
        this.name = name;
        // Loggers stay for ever, and peers may open as many tunnels as they like.
        this.log = LoggerFactory.getLogger(origin == Origin.LOCAL ? LOGGER + "." + name : LOGGER);
        refresh();
    }

    /** Looks again who wants to know. */
    public void refresh() {
        tap = taps.of(name);
    }

    /** A control message, not yet sent or just received; the buffer stays as it is. */
    public void control(boolean sent, PeerPath path, ByteBuffer message) {
        Tap now = tap;
        if (now != null) {
            now.put(taps.clock().instant(), sent, true, path, message);
        }
        if (log.isTraceEnabled()) {
            // It is never looked up, so that what is in front of the slash is empty.
            log.trace("tunnel \"{}\" {} {}: {}", name, sent ? "to" : "from", path.remote().toString().replaceFirst("^.*/", ""),
                    MessageTrace.of(message));
        }
    }

    /** A data packet. Allocates nothing unless somebody traces data. */
    public void data(boolean sent, PeerPath path, ByteBuffer packet) {
        Tap now = tap;
        if (now != null && now.withData()) {
            now.put(taps.clock().instant(), sent, false, path, packet);
        }
    }
}
