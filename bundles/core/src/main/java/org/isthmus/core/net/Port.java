package org.isthmus.core.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.Encapsulation;

/** Where one worker hears peers: an open UDP port, or IP protocol 115. */
public interface Port {

    Encapsulation encapsulation();

    /** How it was opened. */
    PortOptions options();

    /** The address and port that it is bound to; port 0 over IP. */
    InetSocketAddress local();

    /**
     * The way to a peer through this port.
     *
     * @param remote the peer's address and port; port 0 over IP
     * @param local  the address that packets leave from, where that matters
     */
    PeerPath pathTo(InetSocketAddress remote, Optional<InetAddress> local);

    /**
     * Connects the port, which is one peer's own, to where that peer is now: what others send through its socket goes there too.
     *
     * @return the way there
     * @throws IOException if the system refuses that
     */
    PeerPath follow(InetSocketAddress remote) throws IOException;

    /** The port that this one, which is one peer's own, was opened beside; itself if it is nobody's own. New tunnels of the peer belong there. */
    Port beside();

    /**
     * Whether the kernel takes data packets for itself, so that what comes are control messages alone; over IP these then begin with their
     * header, and not with a session id of 0.
     */
    default boolean isControlOnly() {
        return false;
    }

    boolean isOpen();

    /** What it is, without its sockets. */
    default ParkedPort asParked() {
        return new ParkedPort(encapsulation(), local(), options(), isControlOnly(), List.of());
    }

    /** Closes the port. Paths through it refuse to send from then on. */
    void close();
}
