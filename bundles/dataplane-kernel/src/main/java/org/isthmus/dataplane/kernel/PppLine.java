package org.isthmus.dataplane.kernel;

import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.l2tp.KernelSession;
import org.isthmus.linux.l2tp.PppSocket;
import org.isthmus.linux.ppp.PppChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What PPP sees of a session: the socket that the kernel's session lives by, and the PPP channel that it makes.
 *
 * <p>The channel is opened with the first frame of our own: until then a PPP in another process may have the socket.
 */
final class PppLine {

    private static final Logger LOG = LoggerFactory.getLogger(PppLine.class);

    private final PppSession session;
    private final KernelSystem system;
    private volatile PppSocket socket;
    private volatile PppChannel channel;
    private long channelToken;

    PppLine(PppSession session) {
        this.session = session;
        this.system = session.system;
    }

    /** Takes the socket of a process before this one. */
    void adopt(Descriptor left) {
        socket = PppSocket.adopt(left);
    }

    /** Makes the socket of a session that the kernel has. */
    void connect(KernelSession made) throws LinuxException {
        PppSocket connected = PppSocket.connect(made, session.tunnel.spec().version(),
                AddressFamily.of(session.tunnel.spec().peer().getAddress()));
        if (!session.external()) { // a PPP in another process has its socket as well, and has to end with this one
            system.left().keepSocket(session, connected.descriptor());
        }
        socket = connected;
    }

    /** The channel, opened if it is not yet; null where that fails. */
    synchronized PppChannel open() {
        if (channel == null && socket != null && !session.closed) {
            try {
                PppChannel opened = PppChannel.attach(socket.channel());
                channelToken = system.reader().add(opened.descriptor(), (buffer, events) -> session.heard(opened, buffer, events));
                channel = opened;
            } catch (LinuxException refused) {
                LOG.error("{}: its PPP channel cannot be opened: {}", session, refused.getMessage());
                session.lost("its PPP channel cannot be opened: " + refused.getMessage());
            }
        }
        return channel;
    }

    /** The channel, or null while it is not open. */
    PppChannel opened() {
        return channel;
    }

    /** Of the socket's descriptor; -1 while there is none. */
    int socketNumber() {
        PppSocket open = socket;
        return open == null ? -1 : open.descriptor().number();
    }

    /** Closes both, and with the socket the kernel's session. */
    void end() {
        List<Closeable> open = new ArrayList<>();
        synchronized (this) {
            if (channel != null) {
                system.reader().remove(channelToken);
                open.add(channel);
                channel = null;
            } else if (socket != null) {
                hangUp(socket);
            }
            if (socket == null) {
                return;
            }
            open.add(socket);
            socket = null;
        }
        system.closer().close(() -> open.forEach(PppLine::close));
    }

    /** Leaves the socket to the next version, and closes the channel. */
    synchronized void leaveTo(Succession succession) {
        if (channel != null) {
            system.reader().remove(channelToken);
            close(channel);
            channel = null;
        }
        if (socket != null) {
            system.left().leaveSocket(session, socket.descriptor(), succession);
            socket = null;
        }
    }

    /** A PPP in another process has the socket as well, and would wait for a peer that is gone: it is told now. */
    private void hangUp(PppSocket socket) {
        try (PppChannel below = PppChannel.attach(socket.channel())) {
            below.disconnect();
        } catch (LinuxException nobody) {
            LOG.debug("{}: {}", session, nobody.getMessage());
        }
    }

    private static void close(Closeable device) {
        try {
            device.close();
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }
}
