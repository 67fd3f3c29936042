package org.isthmus.dataplane.kernel;

import org.isthmus.api.dataplane.BundleSpec;
import org.isthmus.api.dataplane.EncryptionKeys;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.PppEncryption;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.Epoll;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.l2tp.KernelSession;
import org.isthmus.linux.ppp.PppChannel;
import org.isthmus.linux.ppp.PppDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A session that carries PPP. Its {@link PppLine} is a PPP channel of the kernel's; frames of LCP and authentication pass between that and the
 * PPP engine. With the network comes a unit, the interface, which has the network packets to itself. The sessions of a bundle have one unit.
 */
final class PppSession extends L2tpSession {

    private static final Logger LOG = LoggerFactory.getLogger(PppSession.class);
    /** Frames of one channel that are read at once. */
    private static final int MOST_FRAMES = 32;

    private final PppPseudowire ppp;
    private final PppLine line = new PppLine(this);
    /** The interface, from when the network is wanted. For the system's thread; others read it. */
    private volatile PppInterface unit;
    /** Counts what the worker wanted of bundles, so that a wish of before is not fulfilled late. */
    private volatile int bundling;
    private final PppBridge bridge = new PppBridge(this);
    private int mtu;
    /** Of a process before this one, until the network comes up. For the system's thread. */
    private Optional<LeftBehind.Unit> leftUnit = Optional.empty();
    /** The network that is up; for the system's thread. */
    private NetworkSpec shown;

    PppSession(L2tpTunnel tunnel, SessionSpec spec, SessionPort port) {
        super(tunnel, spec, port);
        this.ppp = (PppPseudowire) spec.pseudowire();
        this.mtu = spec.mtu();
    }

    @Override
    KernelSession.Pseudowire pseudowire() {
        return KernelSession.Pseudowire.PPP;
    }

    @Override
    String kernelName() {
        return "";
    }

    @Override
    boolean takeLeft() {
        Optional<Descriptor> left = system.left().takeSocket(this);
        left.ifPresent(line::adopt);
        leftUnit = left.isPresent() ? system.left().takeUnit(this) : Optional.empty();
        if (ppp.encrypted()) {
            closeLeftUnit(); // PPP begins anew, and nobody knows the keys
        }
        return left.isPresent();
    }

    private void closeLeftUnit() {
        leftUnit.ifPresent(unit -> unit.descriptor().close());
        leftUnit = Optional.empty();
    }

    @Override
    void begin(KernelSession made, boolean left) throws LinuxException {
        if (!left) {
            line.connect(made);
        }
    }

    /** The kernel deletes the session when its socket is closed. */
    @Override
    boolean end() {
        bridge.end();
        leaveUnit();
        closeLeftUnit();
        line.end();
        return false;
    }

    /** The interface of a bundle, and one that encrypts, is of no use to who does not know their state: PPP begins anew there. */
    @Override
    void leaveTo(Succession succession) {
        PppInterface had = unit;
        if (had != null && !had.isBundle() && !ppp.encrypted()) {
            unit = null;
            system.left().leaveUnit(this, had.release(), had.name(), succession);
        }
        leaveUnit();
        closeLeftUnit();
        line.leaveTo(succession);
    }

    private void leaveUnit() {
        PppInterface had = unit;
        unit = null;
        if (had != null) {
            had.leave(this, line.opened());
        }
    }

    /** The channel, opened if it is not yet; null where that fails. */
    PppChannel channel() {
        return line.open();
    }

    boolean external() {
        return ppp.external();
    }

    /** Frames of the channel or of the unit. On the reader's thread. */
    boolean heard(PppDevice device, ByteBuffer buffer, int events) {
        for (int i = 0; i < MOST_FRAMES; i++) {
            int count = device.read(buffer.clear());
            if (count <= 0) {
                if ((events & Epoll.HANGUP) != 0 && device == line.opened()) {
                    lost("the kernel has closed its PPP channel");
                }
                return (events & (Epoll.HANGUP | Epoll.ERROR)) == 0 && count != 0;
            }
            buffer.flip();
            if (!bridge.relayed(buffer)) {
                if (PppFrames.isControl(buffer, 0)) {
                    deliver(buffer);
                } else if (ppp.encrypted() && PppFrames.isEncrypted(buffer)) {
                    onWorker(() -> port.decryptionFailed(true));
                }
            }
        }
        return true;
    }

    private void deliver(ByteBuffer frame) {
        ByteBuffer copy = ByteBuffer.allocateDirect(frame.remaining()).put(frame).flip();
        onWorker(() -> port.pppFrame(copy));
    }

    private void onWorker(Runnable task) {
        port.execute(() -> {
            if (!closed) {
                task.run();
            }
        });
    }

    @Override
    void received(ByteBuffer packet, int from, int to) {
        int at = to - from >= 2 && packet.getShort(from) == PppFrames.HDLC ? from + 2 : from;
        if (to - at >= 2) {
            packet.limit(to);
            if (PppFrames.isControl(packet, at)) {
                port.pppFrame(packet.position(at));
            }
        }
    }

    @Override
    public void sendPpp(ByteBuffer frame) {
        PppInterface over = unit;
        PppDevice device = over != null && PppFrames.isForUnit(frame) ? over.unit() : channel();
        if (device == null) {
            return;
        }
        int sent = device.write(frame);
        if (sent < 0) {
            LOG.debug("{}: a PPP frame of {} bytes is refused: errno {}", this, frame.remaining(), -sent);
        }
    }

    @Override
    public CompletionStage<Void> networkUp(NetworkSpec network) {
        return KernelTask.start(system.thread(), "the network of " + this, () -> closed, () -> {
            PppInterface over = made();
            if (!network.equals(shown)) { // else another engine says what is
                shown = null;
                over.up(network, over.isBundle() ? network.mtu() : Math.min(network.mtu(), mtu), ppp.ingressFilter());
                shown = network;
            }
            return null;
        });
    }

    /** The interface, made if it is not yet. On the system's thread. */
    private PppInterface made() throws LinuxException {
        PppInterface over = unit;
        if (over == null) {
            Optional<LeftBehind.Unit> left = leftUnit;
            leftUnit = Optional.empty();
            over = left.isPresent() ? PppInterface.goOn(this, usableChannel(), left.get()) : PppInterface.over(this, usableChannel());
            unit = over;
        }
        return over;
    }

    boolean encrypted() {
        return ppp.encrypted();
    }

    /** The kernel reads from CCP what was agreed on, so CCP passes through the interface, which is made for it. */
    @Override
    public CompletionStage<Void> prepareEncryption(EncryptionKeys keys) {
        return KernelTask.start(system.thread(), "the encryption of " + this, () -> closed, () -> {
            made().prepareEncryption(keys);
            return null;
        });
    }

    @Override
    public void encrypt(PppEncryption encryption) {
        changeEncryption(PppInterface::encrypt);
    }

    @Override
    public void stopEncryption() {
        changeEncryption(PppInterface::stopEncryption);
    }

    private interface EncryptionChange {
        void apply(PppInterface over) throws LinuxException;
    }

    private void changeEncryption(EncryptionChange change) {
        system.thread().run(() -> {
            PppInterface over = unit;
            if (over != null && !closed) {
                try {
                    change.apply(over);
                } catch (LinuxException | IllegalStateException refused) {
                    lost("the kernel does not encrypt: " + refused.getMessage());
                }
            }
        });
    }

    private PppChannel usableChannel() {
        PppChannel open = channel();
        if (open == null) {
            throw new IllegalStateException("it has no PPP channel");
        }
        return open;
    }

    @Override
    public CompletionStage<Void> joinBundle(BundleSpec bundle, Optional<SessionPath> other) {
        if (other.isPresent() && !(other.get() instanceof PppSession)) {
            throw new IllegalArgumentException(this + " cannot be bundled with " + other.get() + ": it is no PPP session of this data plane");
        }
        int wish = bundling + 1;
        bundling = wish;
        return KernelTask.start(system.thread(), "the bundle of " + this, () -> closed || bundling != wish, () -> {
            PppInterface theirs = other.map(link -> ((PppSession) link).unit).orElse(null);
            if (other.isPresent() && (theirs == null || !theirs.isBundle())) {
                throw new IllegalStateException(other.get() + " is in no bundle any more");
            }
            leaveUnit();
            closeLeftUnit();
            if (theirs == null) {
                unit = PppInterface.over(this, usableChannel());
                unit.bundle(bundle);
            } else {
                theirs.join(this, usableChannel());
                unit = theirs;
            }
            return null;
        });
    }

    @Override
    public void leadBundle() {
        withUnit(over -> over.lead(this));
    }

    @Override
    public void leaveBundle() {
        bundling = bundling + 1;
        system.thread().run(this::leaveUnit);
    }

    @Override
    public void networkDown() {
        system.thread().run(() -> {
            shown = null;
            if (unit != null) {
                unit.down();
            }
        });
    }

    /** Does something with the interface, if there is one by then. */
    private void withUnit(Consumer<PppInterface> what) {
        system.thread().run(() -> {
            if (unit != null) {
                what.accept(unit);
            }
        });
    }

    @Override
    public void hold(boolean held) {
        withUnit(over -> {
            if (!over.isBundle()) { // the other links carry the traffic
                over.hold(held);
            }
        });
    }

    @Override
    public void mtu(int largest) {
        system.thread().run(() -> {
            mtu = Math.min(largest, spec.mtu());
            PppInterface over = unit;
            if (over != null && !over.isBundle()) { // larger packets are split
                over.mtu(mtu);
            }
        });
    }

    @Override
    public void passTo(SessionPath other) {
        if (other != null && !(other instanceof PppSession)) {
            throw new IllegalArgumentException(this + " cannot pass frames to " + other + ": it is no PPP session of this data plane");
        }
        PppSession to = (PppSession) other;
        system.thread().run(() -> {
            if (!closed && (to == null || !to.closed)) {
                PppBridge.join(this, to);
            }
        });
    }

    PppBridge bridge() {
        return bridge;
    }

    @Override
    public int pppSocket() {
        return line.socketNumber();
    }

    @Override
    public String interfaceName() {
        PppInterface over = unit;
        return over == null ? "" : over.name();
    }

    @Override
    int overhead() {
        return SessionTerms.headerBytes(tunnel.spec(), spec) + PppFrames.HEADER_BYTES + (ppp.encrypted() ? PppFrames.ENCRYPTION_BYTES : 0);
    }
}
