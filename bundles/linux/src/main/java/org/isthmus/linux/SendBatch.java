package org.isthmus.linux;

import org.isthmus.linux.libc.LibC;

import java.nio.ByteBuffer;

/**
 * Collects datagrams in memory that is allocated once and sends them with one system call (sendmmsg).
 *
 * <pre>
 * ByteBuffer slot = batch.slot();        // null when full: flush first
 * ... write the datagram between position and limit ...
 * batch.add(path);
 * batch.flush(socket);
 * </pre>
 *
 * <p>For one thread at a time; several threads may flush batches of their own through one socket.
 */
public final class SendBatch {

    private final MessageVector vector;
    private int queued;
    private int failed;
    private int lastError;

    /**
     * @param slots the most datagrams of one flush, 1 to 1024
     * @param slotBytes the longest datagram, 1 to 65536
     */
    public SendBatch(int slots, int slotBytes) {
        vector = new MessageVector(slots, slotBytes);
    }

    /** The most datagrams of one flush. */
    public int slots() {
        return vector.slots;
    }

    /** How many datagrams wait for the flush. */
    public int queued() {
        return queued;
    }

    public boolean isEmpty() {
        return queued == 0;
    }

    public boolean isFull() {
        return queued == vector.slots;
    }

    /**
     * The buffer of the next free slot: direct, big-endian, cleared. The same one is given until {@link #add} takes it.
     *
     * @return the buffer, or null if the batch is full
     */
    public ByteBuffer slot() {
        return isFull() ? null : vector.buffer(queued).clear();
    }

    /** Queues what lies between position and limit of the buffer that {@link #slot} gave. Not to be called on a full batch. */
    public void add(UdpPath path) {
        ByteBuffer data = vector.buffer(queued);
        vector.data(queued, data.position(), data.remaining());
        vector.path(queued, path);
        queued++;
    }

    /** Queues a datagram for the peer that the socket is connected to. Not to be called on a full batch. */
    public void add() {
        ByteBuffer data = vector.buffer(queued);
        vector.data(queued, data.position(), data.remaining());
        vector.name(queued, 0, 0);
        vector.control(queued, 0, 0);
        queued++;
    }

    /**
     * Queues a copy of a datagram.
     *
     * @return false, with nothing done, if the batch is full or the datagram longer than a slot
     */
    public boolean add(ByteBuffer datagram, UdpPath path) {
        if (isFull() || datagram.remaining() > vector.slotBytes) {
            return false;
        }
        ByteBuffer slot = slot();
        int position = datagram.position();
        slot.put(datagram).flip();
        datagram.position(position);
        add(path);
        return true;
    }

    /**
     * Sends all that is queued and empties the batch. A datagram that the kernel refuses is dropped and the next one tried; when the
     * send buffer is full the rest is dropped, as a network may drop them: what must arrive is retransmitted by its protocol.
     *
     * @return how many datagrams were sent; {@link #failed()} tells how many were not
     */
    public int flush(IpSocket socket) {
        int done = 0;
        int sent = 0;
        boolean again = false;
        failed = 0;
        lastError = 0;
        while (done < queued) {
            int result = LibC.C.sendmmsg(socket.descriptor().number(), vector.address(done), queued - done, 0);
            if (result > 0) {
                done += result;
                sent += result;
                again = false;
                continue;
            }
            lastError = result == 0 ? Errno.EAGAIN : LibC.errno();
            if (!IpSocket.mayBeOfAnother(lastError)) {
                break;
            }
            if (again) {
                done++;
            }
            again = !again;
        }
        failed = queued - sent;
        queued = 0;
        return sent;
    }

    /** How many datagrams the last {@link #flush} could not send. */
    public int failed() {
        return failed;
    }

    /** The last error of the last {@link #flush}, a positive {@link Errno}, or 0. */
    public int lastError() {
        return lastError;
    }
}
