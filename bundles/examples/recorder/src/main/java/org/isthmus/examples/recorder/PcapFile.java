package org.isthmus.examples.recorder;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A capture file that a thread of its own writes. Who records never waits: a packet that finds the queue full is dropped and counted. A
 * file that has become as large as it may stays as it is.
 *
 * <pre>
 * file   = magic (4) 2 (2) 4 (2) 0 (8) snap length (4) link type 101, raw IP (4)  records
 * record = seconds (4) microseconds (4) captured (4) length (4) packet
 * </pre>
 */
final class PcapFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PcapFile.class);
    private static final int WAITING = 4_096;
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_BYTES = 16;
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int SNAP_LENGTH = 65_535;
    private static final int RAW_IP = 101;
    private static final long LAST_MILLIS = 2_000;

    private final Path path;
    private final long mostBytes;
    private final BlockingQueue<Packet> queue = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = new Thread(this::write, "recorder");
    private volatile boolean recording = true;

    PcapFile(Path path, long mostBytes) {
        this.path = path;
        this.mostBytes = mostBytes;
    }

    void open() {
        writer.setDaemon(true);
        writer.start();
    }

    /** Any thread; never waits. */
    void record(Packet packet) {
        if (recording && !queue.offer(packet)) {
            dropped.incrementAndGet();
        }
    }

    /** Packets that were not written since the disk was too slow. */
    long dropped() {
        return dropped.get();
    }

    private void write() {
        long written = HEADER_BYTES;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            out.write(ByteBuffer.allocate(HEADER_BYTES).putInt(MAGIC).putShort((short) 2).putShort((short) 4).putLong(0)
                    .putInt(SNAP_LENGTH).putInt(RAW_IP).array());
            while (recording || !queue.isEmpty()) {
                Packet next = queue.poll(100, TimeUnit.MILLISECONDS);
                if (next == null) {
                    out.flush();
                    continue;
                }
                written += RECORD_BYTES + next.bytes().length;
                if (written > mostBytes) {
                    LOG.warn("{} has {} bytes: no more is recorded", path, written - RECORD_BYTES - next.bytes().length);
                    break;
                }
                int length = next.bytes().length;
                out.write(ByteBuffer.allocate(RECORD_BYTES).putInt((int) next.at().getEpochSecond())
                        .putInt(next.at().getNano() / 1_000).putInt(length).putInt(length).array());
                out.write(next.bytes());
            }
        } catch (IOException full) {
            LOG.error("cannot write {}: {}. No more is recorded; packets pass", path, full.toString());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            recording = false;
            queue.clear();
        }
    }

    @Override
    public void close() {
        recording = false;
        try {
            writer.join(LAST_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
    }
}
