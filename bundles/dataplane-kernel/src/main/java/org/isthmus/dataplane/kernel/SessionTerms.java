package org.isthmus.dataplane.kernel;

import org.isthmus.api.config.DataSequencing;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.linux.l2tp.KernelSession;

import java.util.Optional;

/** From what the engine says of a session to what the kernel is told. */
final class SessionTerms {

    private SessionTerms() {
    }

    /**
     * The kernel puts numbers into all packets or into none, and begins with 0: those that are meant for what is not IP go into all.
     *
     * @param name of the interface that the kernel makes with the session, or empty
     */
    static KernelSession of(TunnelSpec tunnel, SessionSpec spec, KernelSession.Pseudowire pseudowire, String name) {
        Sequencing sequencing = spec.sequencing();
        boolean required = sequencing.required() && sequencing.send() != DataSequencing.NON_IP;
        Optional<KernelSession.Header> header = spec.header() instanceof V3Header v3
                ? Optional.of(new KernelSession.Header(v3.peerCookie(), v3.localCookie(), v3.sendSublayer())) : Optional.empty();
        // RFC 2661 5.4: a LAC follows its LNS. In L2TPv3 each side says what it wants to get.
        boolean keeps = header.isPresent() ? required : spec.lns();
        return new KernelSession(tunnel.tunnelId(), tunnel.peerTunnelId(), spec.sessionId(), spec.peerSessionId(), pseudowire, header,
                sequencing.send() != DataSequencing.NONE, required, keeps, sequencing.reorderTimeoutMillis(), name);
    }

    /** Bytes of the L2TP header of a data packet, as the kernel writes it. */
    static int headerBytes(TunnelSpec tunnel, SessionSpec spec) {
        if (spec.header() instanceof V3Header v3) {
            return (tunnel.encapsulation() == Encapsulation.UDP ? 8 : 4) + v3.peerCookie().length + (v3.sendSublayer() ? 4 : 0);
        }
        return spec.sequencing().send() == DataSequencing.NONE ? 6 : 10;
    }
}
