package org.isthmus.core.simulator;

import java.nio.ByteBuffer;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.protocol.wire.DataHeader;
import org.isthmus.protocol.wire.DatagramKind;
import org.isthmus.protocol.wire.SessionHeader;

/** The L2TP header of a session's packets, of the tunnel's version. */
interface SimHeader {
    /** Room for the longest header of either version. */
    int MAX_BYTES = 20;

    /** Writes it in front of a packet's position, and moves the position to its start. */
    void prepend(ByteBuffer packet);

    /** What follows it in a packet that came. */
    ByteBuffer payload(ByteBuffer packet);

    static SimHeader of(TunnelSpec tunnel, SessionSpec session) {
        return session.header() instanceof V3Header v3 ? new Version3(tunnel, session, v3) : new Version2(tunnel, session);
    }

    /** The session that a packet is meant for. */
    static int sessionId(TunnelSpec tunnel, ByteBuffer packet) {
        return tunnel.version() == 3 ? SessionHeader.sessionId(packet, tunnel.encapsulation() == Encapsulation.UDP)
                : Version2.parse(packet).sessionId();
    }

    /** That of RFC 2661, without its optional fields. */
    record Version2(TunnelSpec tunnel, SessionSpec session) implements SimHeader {
        static DataHeader parse(ByteBuffer packet) {
            DataHeader header = new DataHeader();
            if (header.parse(packet) != DatagramKind.DATA) {
                throw new AssertionError("not a data packet");
            }
            return header;
        }

        @Override
        public void prepend(ByteBuffer packet) {
            DataHeader.prepend(packet, 0, 0, tunnel.peerTunnelId(), session.peerSessionId(), 0);
        }

        @Override
        public ByteBuffer payload(ByteBuffer packet) {
            DataHeader header = parse(packet);
            return packet.slice(header.payloadPosition(), header.payloadLength());
        }
    }

    /** That of RFC 3931. */
    final class Version3 implements SimHeader {
        private final SessionHeader ours;
        private final SessionHeader peers;

        Version3(TunnelSpec tunnel, SessionSpec session, V3Header header) {
            boolean udp = tunnel.encapsulation() == Encapsulation.UDP;
            ours = new SessionHeader(udp, session.sessionId(), header.localCookie(), header.receiveSublayer());
            peers = new SessionHeader(udp, session.peerSessionId(), header.peerCookie(), header.sendSublayer());
        }

        @Override
        public void prepend(ByteBuffer packet) {
            peers.prepend(packet, SessionHeader.UNNUMBERED);
        }

        @Override
        public ByteBuffer payload(ByteBuffer packet) {
            if (!ours.fits(packet) || !ours.hasCookie(packet)) {
                throw new AssertionError("not a packet of this session");
            }
            return packet.slice(packet.position() + ours.bytes(), packet.remaining() - ours.bytes());
        }
    }
}
