package org.isthmus.core.engine;

import java.nio.ByteBuffer;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.protocol.wire.ProtocolVersion;

/**
 * What an ICMP error quotes of a packet, to tell whether a tunnel can have sent it: the identifiers in it are the peer's, which
 * somebody who forges errors has to guess.
 */
final class Quoted {
    private static final int T_BIT = 0x8000;
    private static final int L_BIT = 0x4000;
    private static final int VERSION_MASK = 0x000f;
    private static final int VERSION_2 = 2;
    private static final int VERSION_3 = 3;

    /** Whether a packet was a tunnel's. */
    enum Verdict { OURS, NOT_OURS, TOO_SHORT }

    private Quoted() {
    }

    /** Judges the beginning of a packet: what followed its UDP header, or over IP its IP header. */
    static Verdict judge(LiveTunnel tunnel, ByteBuffer quoted) {
        if (tunnel.version() == ProtocolVersion.V2) {
            return ofVersion2(tunnel, quoted);
        }
        if (tunnel.path().encapsulation() == Encapsulation.UDP) {
            return ofVersion3(tunnel, quoted, 0);
        }
        if (quoted.remaining() < 4) {
            return Verdict.TOO_SHORT;
        }
        // Over IP a control message has 0 where a data packet has its session id (RFC 3931 section 4.1.1).
        return quoted.getInt(0) == 0 ? ofVersion3(tunnel, quoted, 4) : ofSession(tunnel, quoted.getInt(0));
    }

    private static Verdict ofVersion2(LiveTunnel tunnel, ByteBuffer quoted) {
        if (quoted.remaining() < 2) {
            return Verdict.TOO_SHORT;
        }
        int flags = quoted.getShort(0);
        int at = (flags & L_BIT) != 0 ? 4 : 2;
        if ((flags & VERSION_MASK) != VERSION_2) {
            return Verdict.NOT_OURS;
        }
        return quoted.remaining() < at + 2 ? Verdict.TOO_SHORT
                : verdict((quoted.getShort(at) & 0xffff) == tunnel.peerTunnelId());
    }

    private static Verdict ofVersion3(LiveTunnel tunnel, ByteBuffer quoted, int at) {
        if (quoted.remaining() < at + 8) {
            return Verdict.TOO_SHORT;
        }
        int flags = quoted.getShort(at);
        int id = quoted.getInt(at + 4);
        if ((flags & VERSION_MASK) != VERSION_3) {
            return Verdict.NOT_OURS;
        }
        return (flags & T_BIT) != 0 ? verdict(id == tunnel.peerTunnelId()) : ofSession(tunnel, id);
    }

    private static Verdict ofSession(LiveTunnel tunnel, int peerSessionId) {
        return verdict(tunnel.sessions().all().stream().anyMatch(session -> session.peerSessionId() == peerSessionId));
    }

    private static Verdict verdict(boolean ours) {
        return ours ? Verdict.OURS : Verdict.NOT_OURS;
    }
}
