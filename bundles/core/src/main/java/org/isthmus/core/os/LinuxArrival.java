package org.isthmus.core.os;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.Port;
import org.isthmus.linux.ReceiveBatch;

/** One slot of a batch after the other, seen through the same object. */
final class LinuxArrival implements Arrival {
    private final ReceiveBatch batch;
    private LinuxPort port;
    private int slot;

    LinuxArrival(ReceiveBatch batch) {
        this.batch = batch;
    }

    LinuxArrival at(LinuxPort from, int index) {
        port = from;
        slot = index;
        return this;
    }

    @Override
    public ByteBuffer packet() {
        return batch.data(slot);
    }

    @Override
    public Port port() {
        return port;
    }

    @Override
    public long sourceHigh() {
        return batch.sourceHigh(slot);
    }

    @Override
    public long sourceLow() {
        return batch.sourceLow(slot);
    }

    @Override
    public int sourcePort() {
        return batch.sourcePort(slot);
    }

    @Override
    public InetSocketAddress source() {
        return batch.source(slot);
    }

    @Override
    public InetAddress destination() {
        return batch.local(slot).orElse(port.local().getAddress());
    }
}
