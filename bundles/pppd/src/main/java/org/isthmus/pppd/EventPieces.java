package org.isthmus.pppd;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

import org.isthmus.linux.Pipe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts what the scripts of all pppd write into one pipe: the kernel keeps the pieces whole, a zero octet ends each. */
final class EventPieces {
    private static final Logger LOG = LoggerFactory.getLogger(EventPieces.class);
    /** The most that the kernel keeps whole. */
    private static final int MOST_BYTES = 4096;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MOST_BYTES);
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private final Consumer<PppEvent> listener;

    EventPieces(Consumer<PppEvent> listener) {
        this.listener = listener;
    }

    /** Reads what has come. */
    void read(Pipe pipe) {
        while (pipe.read(buffer.clear()) > 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                take(buffer.get());
            }
        }
    }

    private void take(byte octet) {
        if (octet != 0) {
            if (piece.size() < MOST_BYTES) {
                piece.write(octet);
            }
            return;
        }
        PppEvent.parse(piece.toByteArray()).ifPresentOrElse(listener, () -> LOG.warn("a script of pppd wrote what makes no sense"));
        piece.reset();
    }
}
