package org.isthmus.dataplane.kernel;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.dataplane.ParkableSessionPort;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.V3Header;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.l2tp.KernelSession;
import org.isthmus.linux.l2tp.SessionStatistics;
import org.isthmus.protocol.wire.SessionHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A session of the kernel's. Its worker asks; the system's thread has the kernel do it. */
abstract class L2tpSession implements SessionPath {

    private static final Logger LOG = LoggerFactory.getLogger(L2tpSession.class);

    final L2tpTunnel tunnel;
    final KernelSystem system;
    final SessionSpec spec;
    final ParkableSessionPort port;
    volatile boolean closed;
    private volatile SessionStatistics statistics = SessionStatistics.NONE;

    L2tpSession(L2tpTunnel tunnel, SessionSpec spec, SessionPort port) {
        this.tunnel = tunnel;
        this.system = tunnel.system();
        this.spec = spec;
        this.port = new ParkableSessionPort(port);
    }

    final int tunnelId() {
        return tunnel.spec().tunnelId();
    }

    final int sessionId() {
        return spec.sessionId();
    }

    /** There is no engine for a while. */
    final void park() {
        port.park();
    }

    final boolean isParked() {
        return port.isParked() && !closed;
    }

    /** Another engine asks for a session: false if that cannot be this one. */
    final boolean resume(SessionSpec wanted, SessionPort next) {
        boolean same = isParked() && wanted.continues(spec);
        if (same) {
            port.resume(next);
        } else if (isParked()) {
            close();
        }
        return same;
    }

    /** Makes it. */
    final CompletionStage<SessionPath> open() {
        return KernelTask.start(system.thread(), toString(), () -> closed, () -> {
            KernelSession wanted = SessionTerms.of(tunnel.spec(), spec, pseudowire(), kernelName());
            boolean left = tunnel.isLeft() && isLeft();
            if (!left) {
                system.generic().execute(system.l2tp().createSession(wanted));
            }
            try {
                begin(wanted, left);
            } catch (LinuxException | RuntimeException e) {
                end();
                delete();
                throw e;
            }
            system.statistics().add(this);
            return (SessionPath) this;
        });
    }

    abstract KernelSession.Pseudowire pseudowire();

    /** The name that the kernel is to give to what it makes; empty for one of its own choice, or for nothing. */
    abstract String kernelName();

    /** Whether the kernel has it of a process before this one; one that cannot be gone on with is deleted. */
    private boolean isLeft() throws LinuxException {
        Optional<Integer> peer;
        try {
            peer = system.generic().get(system.l2tp().getSession(tunnelId(), sessionId()), system.l2tp()::peerSessionId);
        } catch (LinuxException none) {
            return false;
        }
        if (peer.isPresent() && peer.get() == spec.peerSessionId() && takeLeft()) {
            return true;
        }
        delete();
        return false;
    }

    /** Takes what a process before this one had of it besides; false if that is not there. On the system's thread. */
    abstract boolean takeLeft();

    /**
     * The kernel has the session: makes what belongs to it. On the system's thread.
     *
     * @param left whether a process before this one has made it
     */
    abstract void begin(KernelSession made, boolean left) throws LinuxException;

    /**
     * Gives back what {@link #begin} and the life of the session have made. On the system's thread.
     *
     * @return whether the kernel's session has to be deleted besides
     */
    abstract boolean end();

    /** A data packet that the kernel did not take. On the worker. */
    abstract void received(ByteBuffer packet, int from, int to);

    /** The same, of L2TPv3. */
    final void received(ByteBuffer packet) {
        V3Header v3 = (V3Header) spec.header();
        SessionHeader header = new SessionHeader(tunnel.spec().encapsulation() == Encapsulation.UDP, spec.sessionId(), v3.localCookie(),
                v3.receiveSublayer());
        if (header.fits(packet) && header.hasCookie(packet)) {
            received(packet, packet.position() + header.bytes(), packet.limit());
        }
    }

    /** How many bytes of a packet the kernel counts and we do not. */
    abstract int overhead();

    final void measured(SessionStatistics now) {
        statistics = now;
    }

    @Override
    public final SessionDataCounters counters() {
        if (!closed) {
            system.statistics().refresh();
        }
        return KernelCounters.of(statistics, spec.sequencing(), overhead());
    }

    /** Tells the engine that the kernel's session is gone, by somebody else's hand. Any thread. */
    final void lost(String why) {
        if (!closed) {
            port.execute(() -> {
                if (!closed) {
                    port.lost(why);
                }
            });
        }
    }

    @Override
    public final void close() {
        if (closed) {
            return;
        }
        closed = true;
        tunnel.forget(this);
        system.statistics().remove(this);
        system.statistics().of(tunnelId(), sessionId()).ifPresent(this::measured); // they go with the session
        system.thread().run(this::takeDown);
    }

    private void takeDown() {
        if (end() && !tunnel.isClosed()) { // all of a tunnel go with it
            delete();
        }
    }

    /** Leaves what the kernel has to the next version, which the engine will ask for it. On the system's thread. */
    final void leave(Succession succession) {
        closed = true;
        system.statistics().remove(this);
        leaveTo(succession);
    }

    /** Leaves the descriptors that the kernel's session lives by, and lets go of all else. */
    abstract void leaveTo(Succession succession);

    /** The data plane goes and the engine has not closed it. On the system's thread. */
    final void abandon() {
        closed = true;
        takeDown();
    }

    private void delete() {
        try {
            system.generic().execute(system.l2tp().deleteSession(tunnelId(), sessionId()));
        } catch (LinuxException refused) {
            if (refused.errno() != Errno.ENODEV) { // somebody else was faster
                LOG.warn("{} is still in the kernel: {}", this, refused.getMessage());
            }
        }
    }

    @Override
    public final String toString() {
        return "session " + spec.name() + " (id " + Integer.toUnsignedString(spec.sessionId()) + ") of " + tunnel;
    }
}
