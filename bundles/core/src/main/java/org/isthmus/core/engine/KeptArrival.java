package org.isthmus.core.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.Port;

/** An arrival that stays, for the worker that it should have come to. */
record KeptArrival(ByteBuffer packet, Port port, long sourceHigh, long sourceLow, InetSocketAddress source,
        InetAddress destination) implements Arrival {

    static KeptArrival of(Arrival arrival) {
        ByteBuffer packet = arrival.packet();
        return new KeptArrival(ByteBuffer.allocateDirect(packet.remaining()).put(packet.duplicate()).flip(), arrival.port(),
                arrival.sourceHigh(), arrival.sourceLow(), arrival.source(), arrival.destination());
    }

    @Override
    public int sourcePort() {
        return source.getPort();
    }
}
