package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.RX_BYTES;
import static org.isthmus.core.counters.Counter.RX_MALFORMED;
import static org.isthmus.core.counters.Counter.RX_NO_SUCH_SESSION;
import static org.isthmus.core.counters.Counter.RX_NO_SUCH_TUNNEL;
import static org.isthmus.core.counters.Counter.RX_PACKETS;
import static org.isthmus.core.counters.Counter.RX_WRONG_VERSION;

import java.nio.ByteBuffer;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.counters.Counters;
import org.isthmus.core.net.Arrival;
import org.isthmus.core.net.ArrivalHandler;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.DatagramKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes packets apart as far as to whom they belong: the tunnel of a control message, the tunnel of a data packet of
 * version 2, the session of one of version 3. Data packets allocate nothing here.
 */
final class Dispatch implements ArrivalHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    /** Flags and reserved bits, which come before the session id over UDP (RFC 3931 section 4.1.2.1). */
    private static final int UDP_DATA_OFFSET = 4;
    private static final int SESSION_ID_BYTES = 4;

    private final Worker worker;

    Dispatch(Worker worker) {
        this.worker = worker;
    }

    @Override
    public void arrived(Arrival arrival) {
        ByteBuffer packet = arrival.packet();
        Counters counters = worker.counters();
        counters.count(RX_PACKETS);
        counters.add(RX_BYTES, packet.remaining());
        try {
            if (arrival.encapsulation() == Encapsulation.IP) {
                overIp(arrival, packet);
            } else {
                datagram(arrival, packet);
            }
        } catch (RuntimeException bug) {
            // A tunnel must not be lost, nor a worker, for what a peer sends.
            if (worker.frontDoor().log().admits(worker.nowMillis())) {
                LOG.error("worker {}: a packet of {} bytes from {} met a defect; it is dropped: please report this{}",
                        worker.index(), packet.remaining(), Words.of(arrival.source()), worker.frontDoor().log().keptBack(),
                        bug);
            }
        }
    }

    private void datagram(Arrival arrival, ByteBuffer packet) {
        DatagramKind kind = Datagram.kind(packet);
        switch (kind) {
            case DATA -> data(arrival, packet);
            case CONTROL, CONTROL_V3 -> control(arrival, packet);
            case DATA_V3 -> session(arrival, packet, UDP_DATA_OFFSET);
            case L2F, UNKNOWN_VERSION -> worker.count(RX_WRONG_VERSION);
            default -> worker.count(RX_MALFORMED);
        }
    }

    /** Over IP data packets begin with the session id; a control message has a 0 there (RFC 3931 section 4.1.1). */
    private void overIp(Arrival arrival, ByteBuffer packet) {
        if (arrival.port().isControlOnly()) {
            controlOverIp(arrival, packet);
        } else if (packet.remaining() < SESSION_ID_BYTES) {
            worker.count(RX_MALFORMED);
        } else if (packet.getInt(packet.position()) != 0) {
            session(arrival, packet, 0);
        } else {
            packet.position(packet.position() + SESSION_ID_BYTES);
            controlOverIp(arrival, packet);
        }
    }

    /** Control messages are the same as over UDP from here on. */
    private void controlOverIp(Arrival arrival, ByteBuffer packet) {
        if (Datagram.kind(packet) == DatagramKind.CONTROL_V3) {
            control(arrival, packet);
        } else {
            worker.count(RX_MALFORMED);
        }
    }

    private void data(Arrival arrival, ByteBuffer packet) {
        LiveTunnel tunnel = worker.tunnels().find(Datagram.tunnelId(packet));
        if (tunnel == null) {
            worker.count(RX_NO_SUCH_TUNNEL);
        } else {
            tunnel.traffic().arrived(arrival);
        }
    }

    private void session(Arrival arrival, ByteBuffer packet, int offset) {
        if (packet.remaining() < offset + SESSION_ID_BYTES) {
            worker.count(RX_MALFORMED);
            return;
        }
        int sessionId = packet.getInt(packet.position() + offset);
        LiveSession session = worker.sessions().find(sessionId);
        if (session != null) {
            session.tunnel().traffic().arrived(arrival, session);
        } else if (!worker.engine().strays().handOn(arrival, sessionId, worker)) {
            worker.count(RX_NO_SUCH_SESSION);
        }
    }

    private void control(Arrival arrival, ByteBuffer packet) {
        int tunnelId = Datagram.tunnelId(packet);
        if (tunnelId == 0) {
            worker.incoming().requested(arrival);
            return;
        }
        ControlledTunnel tunnel = worker.tunnels().find(tunnelId);
        if (tunnel == null) {
            worker.count(RX_NO_SUCH_TUNNEL);
        } else {
            tunnel.control(arrival);
        }
    }
}
