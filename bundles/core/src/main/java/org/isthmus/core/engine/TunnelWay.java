package org.isthmus.core.engine;

import java.io.IOException;
import java.util.Optional;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.net.Network;
import org.isthmus.core.net.PeerPath;
import org.isthmus.core.net.Port;

/**
 * A tunnel's way to its peer: through a port that it shares with others, or while its data plane wants it so through one that is
 * its own. The tunnel's worker changes it; other threads may send along it.
 */
final class TunnelWay {
    private PeerPath shared;
    private Optional<Port> own = Optional.empty();
    /** Whether the data plane may know the tunnel by its own port, which another object opened. */
    private boolean ownIsKnown;
    private volatile PeerPath path;

    TunnelWay(PeerPath shared) {
        this.shared = shared;
        this.path = shared;
    }

    PeerPath path() {
        return path;
    }

    /**
     * Whether what came to a port is a copy of what the tunnel's own one gets too: over IP protocol 115 every socket that hears all of it has
     * one.
     */
    boolean isCopy(Port port) {
        return port.encapsulation() == Encapsulation.IP && own.isPresent() && own.get() != port;
    }

    /**
     * The peer is somewhere else. A port of the tunnel's own follows it, and with it what its data plane sends.
     *
     * @throws IOException if that is not possible: then the port is given back
     */
    void leadTo(PeerPath elsewhere) throws IOException {
        shared = elsewhere;
        if (own.isEmpty()) {
            path = elsewhere;
            return;
        }
        try {
            if (!own.get().local().getAddress().equals(elsewhere.local().getAddress())) {
                throw new IOException("it has come to another address of ours");
            }
            path = own.get().follow(elsewhere.remote());
        } catch (IOException refused) {
            share();
            throw refused;
        }
    }

    /**
     * Takes a port that is the tunnel's alone, another one if it has one already.
     *
     * @param tunnelId     our id
     * @param peerTunnelId the peer's
     * @param whole        send with Don't Fragment
     */
    void own(Network network, int tunnelId, int peerTunnelId, boolean whole) throws IOException {
        if (ownIsKnown) {
            ownIsKnown = false;
            return;
        }
        share();
        use(network.openFor(shared, tunnelId, peerTunnelId, whole));
    }

    PeerPath sharedPath() {
        return shared;
    }

    Optional<Port> ownPort() {
        return own;
    }

    /** Goes on with a port that is the tunnel's alone and that another object opened. */
    void resume(Port opened) {
        ownIsKnown = true;
        use(opened);
    }

    private void use(Port opened) {
        own = Optional.of(opened);
        path = opened.pathTo(shared.remote(), Optional.of(shared.local().getAddress()));
    }

    /** Gives its own port back, and uses the shared one again. */
    void share() {
        path = shared;
        ownIsKnown = false;
        own.ifPresent(Port::close);
        own = Optional.empty();
    }
}
