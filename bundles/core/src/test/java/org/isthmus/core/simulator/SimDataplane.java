package org.isthmus.core.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.isthmus.api.dataplane.BundleSpec;
import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.EncryptionKeys;
import org.isthmus.api.dataplane.NetworkSpec;
import org.isthmus.api.dataplane.PppEncryption;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionPort;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelDataCounters;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.ppp.PppFrame;
import org.isthmus.ppp.PppProtocol;

/** A data plane in memory: L2TP headers and PPP frames are real, network packets are what the test hands in. */
public final class SimDataplane implements Dataplane {
    /** Where it can be made to fail. */
    public enum Point { OPEN_TUNNEL, OPEN_SESSION, JOIN_BUNDLE, NETWORK_UP, ENCRYPTION, SEND, RECEIVE, COUNTERS, CLOSE, CONFIGURE }

    /** How it fails there. */
    public enum Fault { REFUSES, THROWS, NEVER_ANSWERS }

    /** What a path says its PPPoX socket is. */
    public static final int PPP_SOCKET = 77;

    private final World world;
    private final String name;
    private final Map<Point, Fault> faults = new HashMap<>();
    private final List<Tunnel> tunnels = new ArrayList<>();
    private final Map<String, Session> sessions = new HashMap<>();
    private Set<Ability> abilities = EnumSet.complementOf(EnumSet.of(Ability.SOCKET_PER_TUNNEL, Ability.INTERFACE_PER_SESSION));
    private Optional<String> objection = Optional.empty();
    private int askedForTunnels;
    private long latencyMillis = -1;
    private long holdMillis;

    SimDataplane(World world, String name) {
        this.world = world;
        this.name = name;
    }

    /** It can do this, and nothing else. */
    public void can(Set<Ability> some) {
        abilities = some;
    }

    /** It cannot work, and says why. */
    public void objects(String why) {
        objection = Optional.of(why);
    }

    public void fault(Point point, Fault fault) {
        faults.put(point, fault);
    }

    public void heal() {
        faults.clear();
    }

    /** From now on it answers so much later; -1 for at once. */
    public void latency(long millis) {
        latencyMillis = millis;
    }

    /** From now on received packets are kept so long, until the engine tells the path the time. */
    public void hold(long millis) {
        holdMillis = millis;
    }

    /** How often a tunnel was asked for. */
    public int askedForTunnels() {
        return askedForTunnels;
    }

    /** The process of its engine is gone: what is open stays as it is, for the next one. */
    void leaveAll() {
        List.copyOf(tunnels).forEach(Tunnel::park);
    }

    public int openTunnels() {
        return tunnels.size();
    }

    public int openSessions() {
        return tunnels.stream().mapToInt(tunnel -> tunnel.sessions.size()).sum();
    }

    /** The path of a session by its full name. */
    public Optional<Session> session(String fullName) {
        return Optional.ofNullable(sessions.get(fullName));
    }

    public List<Session> all() {
        return List.copyOf(sessions.values());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Ability> abilities() {
        return abilities;
    }

    @Override
    public Optional<String> objection() {
        return objection;
    }

    @Override
    public void configure(DataplaneSettings settings) {
        throwIf(Point.CONFIGURE);
    }

    @Override
    public CompletionStage<TunnelPath> openTunnel(TunnelSpec spec, TunnelPort port) {
        askedForTunnels++;
        return answer(Point.OPEN_TUNNEL, () -> tunnels.stream().filter(tunnel -> tunnel.isParkedAs(spec)).findFirst()
                .map(tunnel -> tunnel.goOn(port)).orElseGet(() -> new Tunnel(spec, port)));
    }

    private <T> CompletionStage<T> answer(Point point, Supplier<? extends T> result) {
        throwIf(point);
        CompletableFuture<T> answer = new CompletableFuture<>();
        Fault fault = faults.get(point);
        if (fault == Fault.NEVER_ANSWERS) {
            return answer;
        }
        Runnable complete = () -> {
            if (fault == Fault.REFUSES) {
                answer.completeExceptionally(new DataplaneException("refused by the test"));
            } else {
                try {
                    answer.complete(result.get());
                } catch (IllegalStateException refused) {
                    answer.completeExceptionally(new DataplaneException(refused.getMessage()));
                }
            }
        };
        if (latencyMillis < 0) {
            complete.run();
        } else {
            world.after(latencyMillis, complete);
        }
        return answer;
    }

    private void throwIf(Point point) {
        if (faults.get(point) == Fault.THROWS) {
            throw new IllegalStateException("broken by the test at " + point);
        }
    }

    private record Held(ByteBuffer packet, long dueMillis) {
    }

    private final class Tunnel implements TunnelPath {
        private final TunnelSpec spec;
        private TunnelPort port;
        private boolean parked;
        /** How many have gone. */
        private int engines;
        private final Map<Integer, Session> sessions = new HashMap<>();
        private final ArrayDeque<Held> held = new ArrayDeque<>();
        private long unknown;

        Tunnel(TunnelSpec spec, TunnelPort port) {
            this.spec = spec;
            this.port = port;
            tunnels.add(this);
        }

        @Override
        public CompletionStage<SessionPath> openSession(SessionSpec sessionSpec, SessionPort sessionPort) {
            int engine = engines;
            return answer(Point.OPEN_SESSION, () -> {
                Session before = sessions.get(sessionSpec.sessionId());
                if (before != null && before.parked) {
                    return before.goOn(sessionPort);
                }
                Session opened = new Session(this, sessionSpec, sessionPort);
                if (engine != engines) { // who asked has gone meanwhile
                    opened.park();
                }
                return opened;
            });
        }

        boolean isParkedAs(TunnelSpec wanted) {
            return parked && wanted.tunnelId() == spec.tunnelId() && wanted.peerTunnelId() == spec.peerTunnelId();
        }

        Tunnel goOn(TunnelPort next) {
            parked = false;
            port = next;
            return this;
        }

        @Override
        public void park() {
            parked = true;
            port = null;
            engines++;
            sessions.values().forEach(Session::park);
        }

        @Override
        public void receive(ByteBuffer packet, long nowMillis) {
            throwIf(Point.RECEIVE);
            if (holdMillis > 0) {
                held.add(new Held(ByteBuffer.allocate(packet.remaining()).put(packet.duplicate()).flip(), nowMillis + holdMillis));
            } else {
                deliver(packet);
            }
        }

        @Override
        public long nextTimeoutMillis() {
            return held.isEmpty() ? NEVER : held.peek().dueMillis();
        }

        @Override
        public void timeout(long nowMillis) {
            while (nextTimeoutMillis() <= nowMillis) {
                deliver(held.poll().packet());
            }
        }

        private void deliver(ByteBuffer packet) {
            Session session = sessions.get(SimHeader.sessionId(spec, packet));
            if (session == null) {
                unknown++;
            } else {
                session.receive(session.header.payload(packet));
            }
        }

        @Override
        public void peerMoved(TunnelSpec moved) {
        }

        @Override
        public TunnelDataCounters counters() {
            throwIf(Point.COUNTERS);
            return new TunnelDataCounters(0, unknown);
        }

        @Override
        public void close() {
            List.copyOf(sessions.values()).forEach(Session::close);
            tunnels.remove(this);
            throwIf(Point.CLOSE);
        }
    }

    /** A session's path, which the test may use as the system behind it. */
    public final class Session implements SessionPath {
        private final Tunnel tunnel;
        private final SessionSpec spec;
        private final SimHeader header;
        private SessionPort port;
        private boolean parked;
        private final List<String> received = new ArrayList<>();
        private Optional<NetworkSpec> network = Optional.empty();
        private Optional<PppEncryption> encryption = Optional.empty();
        private Session passesTo;
        private SimBundle bundle;
        private int joins;
        private boolean held;
        private long rxPackets;
        private long txPackets;

        Session(Tunnel tunnel, SessionSpec spec, SessionPort port) {
            this.tunnel = tunnel;
            this.spec = spec;
            this.header = SimHeader.of(tunnel.spec, spec);
            this.port = port;
            tunnel.sessions.put(spec.sessionId(), this);
            sessions.put(spec.name(), this);
        }

        void park() {
            parked = true;
            port = null;
            world.after(TunnelPath.PARKED_MILLIS, () -> {
                if (parked) {
                    close();
                }
            });
        }

        Session goOn(SessionPort next) {
            parked = false;
            port = next;
            return this;
        }

        public Optional<NetworkSpec> network() {
            return bundle == null ? network : bundle.network();
        }

        /** The bundle that it is a link of. */
        public Optional<SimBundle> bundle() {
            return Optional.ofNullable(bundle);
        }

        /** Packets that left over it. */
        public long sent() {
            return txPackets;
        }

        public SessionSpec spec() {
            return spec;
        }

        /** How its packets would be encrypted; they never are. */
        public Optional<PppEncryption> encryption() {
            return encryption;
        }

        /** Says that a packet could not be decrypted. */
        public void failToDecrypt() {
            port.decryptionFailed(false);
        }

        @Override
        public CompletionStage<Void> prepareEncryption(EncryptionKeys keys) {
            encryption = Optional.empty();
            return answer(Point.ENCRYPTION, () -> null);
        }

        @Override
        public void encrypt(PppEncryption agreed) {
            encryption = Optional.of(agreed);
        }

        @Override
        public void stopEncryption() {
            encryption = Optional.empty();
        }

        /** Has the system behind it be able to carry traffic, or not. */
        public void circuit(boolean up) {
            port.circuitChanged(up);
        }

        /** Whether nothing is to be sent since the peer takes nothing. */
        public boolean isHeld() {
            return held;
        }

        @Override
        public void hold(boolean wanted) {
            held = wanted;
        }

        /** Network packets that came. */
        public List<String> received() {
            return received;
        }

        /** Sends a network packet of this content, if packets may pass. */
        public boolean sendPacket(String content) {
            if (network().isEmpty() || ((PppPseudowire) spec.pseudowire()).encrypted() && encryption.isEmpty()) {
                return false;
            }
            byte[] bytes = content.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            ByteBuffer frame = ByteBuffer.allocate(2 + bytes.length).putShort((short) PppProtocol.IPV4).put(bytes).flip();
            if (bundle == null) {
                send(frame);
            } else {
                bundle.next().send(bundle.fragment(frame));
            }
            return true;
        }

        @Override
        public int pppSocket() {
            return spec.pseudowire() instanceof PppPseudowire ppp && ppp.external() ? PPP_SOCKET : -1;
        }

        @Override
        public void sendPpp(ByteBuffer frame) {
            throwIf(Point.SEND);
            if (bundle != null && SimBundle.isOfNetwork(frame)) {
                bundle.next().send(bundle.fragment(frame));
            } else {
                send(frame);
            }
        }

        private void send(ByteBuffer frame) {
            int head = SimHeader.MAX_BYTES;
            int hdlc = ((PppPseudowire) spec.pseudowire()).hdlcHeader() ? 2 : 0;
            ByteBuffer packet = ByteBuffer.allocateDirect(head + hdlc + frame.remaining());
            packet.position(head);
            if (hdlc > 0) {
                packet.putShort((short) 0xff03);
            }
            packet.put(frame.duplicate()).position(head);
            header.prepend(packet);
            txPackets++;
            if (!parked) {
                tunnel.port.send(packet, spec.dscp());
            }
        }

        private void receive(ByteBuffer frame) {
            rxPackets++;
            if (passesTo != null) {
                int address = frame.remaining() >= 2 && frame.getShort(frame.position()) == (short) 0xff03 ? 2 : 0;
                passesTo.send(frame.slice(frame.position() + address, frame.remaining() - address));
                return;
            }
            ByteBuffer information = frame.duplicate();
            int protocol = PppFrame.readProtocol(information);
            if (protocol == SimBundle.FRAGMENT) {
                if (bundle != null) {
                    bundle.leader().take(SimBundle.whole(information));
                }
                return;
            }
            if (bundle != null && SimBundle.isOfNetwork(protocol)) {
                bundle.leader().take(frame);
            } else {
                take(frame);
            }
        }

        private void take(ByteBuffer frame) {
            ByteBuffer information = frame.duplicate();
            int protocol = PppFrame.readProtocol(information);
            if (protocol == PppProtocol.IPV4 && network().isPresent()) {
                byte[] bytes = new byte[information.remaining()];
                information.get(bytes);
                received.add(new String(bytes, java.nio.charset.StandardCharsets.US_ASCII));
            } else if (protocol != PppProtocol.IPV4 && protocol != PppProtocol.IPV6) {
                if (frame.remaining() >= 2 && frame.getShort(frame.position()) == (short) 0xff03) {
                    frame.position(frame.position() + 2);
                }
                ByteBuffer copy = ByteBuffer.allocate(frame.remaining()).put(frame).flip(); // it may have come over a link of another worker
                port.execute(() -> port.pppFrame(copy));
            }
        }

        @Override
        public CompletionStage<Void> joinBundle(BundleSpec wanted, Optional<SessionPath> other) {
            int join = ++joins;
            SimBundle joined = other.map(path -> ((Session) path).bundle).orElse(null);
            return answer(Point.JOIN_BUNDLE, () -> {
                if (join != joins) {
                    throw new IllegalStateException("it was taken out of the bundle, or closed, meanwhile");
                }
                if (other.isPresent() && (joined == null || joined != ((Session) other.get()).bundle)) {
                    throw new IllegalStateException("the other path is closed or in no bundle");
                }
                takeOut();
                bundle = joined == null ? new SimBundle(wanted) : joined;
                bundle.add(this, wanted);
                return null;
            });
        }

        @Override
        public void leadBundle() {
            bundle.lead(this);
        }

        @Override
        public void leaveBundle() {
            joins++;
            takeOut();
        }

        private void takeOut() {
            if (bundle != null) {
                bundle.remove(this);
                bundle = null;
            }
        }

        @Override
        public CompletionStage<Void> networkUp(NetworkSpec wanted) {
            return answer(Point.NETWORK_UP, () -> {
                if (bundle != null) {
                    bundle.up(wanted);
                } else {
                    network = Optional.of(wanted);
                }
                return null;
            });
        }

        @Override
        public void networkDown() {
            if (bundle != null) {
                bundle.down();
            }
            network = Optional.empty();
        }

        @Override
        public void passTo(SessionPath other) {
            if (passesTo != null) {
                passesTo.passesTo = null;
            }
            passesTo = null;
            if (other instanceof Session session && tunnels.contains(session.tunnel) && tunnels.contains(tunnel)) {
                passesTo = session;
                session.passesTo = this;
            } else if (other != null) {
                throw new IllegalArgumentException("a path of another data plane, or one that is closed");
            }
        }

        @Override
        public void mtu(int mtu) {
        }

        @Override
        public String interfaceName() {
            return "sim0";
        }

        @Override
        public int nextNumber() {
            return spec.sequencing().first() + (int) txPackets;
        }

        @Override
        public SessionDataCounters counters() {
            throwIf(Point.COUNTERS);
            return new SessionDataCounters(rxPackets, 0, 0, txPackets, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public void close() {
            passTo(null);
            leaveBundle();
            network = Optional.empty();
            tunnel.sessions.remove(spec.sessionId(), this);
            sessions.remove(spec.name(), this);
            throwIf(Point.CLOSE);
        }
    }
}
