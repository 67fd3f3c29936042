package org.isthmus.protocol.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.isthmus.protocol.tunnel.CallConfig;
import org.isthmus.protocol.tunnel.ChannelStatus;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.LinkInfo;
import org.isthmus.protocol.tunnel.OutgoingCall;
import org.isthmus.protocol.tunnel.PeerFacts;
import org.isthmus.protocol.tunnel.PseudowireTerms;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionState;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelObserver;
import org.isthmus.protocol.wire.Accm;
import org.isthmus.protocol.wire.CallErrors;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.SequencingLevel;

/** Drives one tunnel of a host and checks at every step what must always hold. */
public final class Watch implements TunnelObserver {

    private final Host host;
    private final Host peer;
    private final World world;
    private final Map<Session, String> sessions = new LinkedHashMap<>();
    private final Set<Session> told = new HashSet<>();
    private final Set<Long> callsSeen = new HashSet<>();
    private final List<Long> sentAt = new ArrayList<>();
    private Tunnel tunnel;
    private boolean dead;
    private boolean established;
    private boolean expectsRecovery;
    private int keptSessions;
    private int recoveries;
    private int handOvers;
    private int callsEstablished;
    private int callsFailed;
    private CloseCause closed;
    private boolean finished;
    private long timerAt = Long.MAX_VALUE;

    Watch(Host host, Host peer) {
        this.host = host;
        this.peer = peer;
        this.world = host.world();
    }

    void started(Tunnel started) {
        tunnel = started;
        if (finished) {
            host.finished(this, tunnel.localId());
        }
        schedule();
    }

    /** Its host had the tunnel before. */
    void recovers(int sessionsKept) {
        expectsRecovery = true;
        keptSessions = sessionsKept;
    }

    boolean takeRecovery(ByteBuffer sccrq) {
        boolean taken = tunnel.takeRecovery(sccrq, world.now());
        schedule();
        return taken;
    }

    /** How often the tunnel was brought back after a failure. */
    int recoveries() {
        return recoveries;
    }

    /** How often another object went on with it. */
    int handOvers() {
        return handOvers;
    }

    void dead() {
        dead = true;
    }

    public Tunnel tunnel() {
        return tunnel;
    }

    public Host peer() {
        return peer;
    }

    /** Why the tunnel ended, if it did. */
    public Optional<CloseCause> closeCause() {
        return Optional.ofNullable(closed);
    }

    public boolean wasEstablished() {
        return established;
    }

    /** Calls that came up, and calls that were told why they did not. */
    int callsEstablished() {
        return callsEstablished;
    }

    int callsFailed() {
        return callsFailed;
    }

    /** Its host has crashed: it hears and says nothing any more. */
    boolean isDead() {
        return dead;
    }

    public boolean isFinished() {
        return finished;
    }

    /** When datagrams were sent. */
    public List<Long> sentAt() {
        return sentAt;
    }

    void receive(ByteBuffer datagram) {
        tunnel.receive(datagram, world.now());
        schedule();
    }

    public Optional<Session> call(long serialNumber) {
        Optional<Session> session = tunnel.placeIncomingCall(new CallConfig(0,
                IncomingCall.numbered(serialNumber), ConnectedCall.ofSpeed(1_000_000), terms(serialNumber)),
                world.now());
        session.filter(s -> s.state() != SessionState.CLOSED).ifPresent(s -> sessions.put(s, "placed"));
        schedule();
        return session;
    }

    /** Of every kind, and in version 3 sometimes for a circuit for which the other end may call too. */
    private PseudowireTerms terms(long serialNumber) {
        if (tunnel.version() != ProtocolVersion.V3 || !established || serialNumber % 3 == 0) {
            return PseudowireTerms.of(PseudowireType.PPP);
        }
        boolean sublayer = serialNumber % 2 == 0;
        return new PseudowireTerms(serialNumber % 3 == 1 ? PseudowireType.ETHERNET : PseudowireType.ETHERNET_VLAN,
                serialNumber % 5 == 0 ? "circuit " + serialNumber % 25 : "", (int) (serialNumber % 3) * 4, sublayer,
                sublayer ? SequencingLevel.values()[(int) (serialNumber % 3)] : SequencingLevel.NONE,
                serialNumber % 4 != 0, CircuitStatus.UP);
    }

    /** As LNS: asks the other end to place a call; not when it is known to have no line for it. */
    public Optional<Session> callOut(long serialNumber) {
        if (tunnel.version() == ProtocolVersion.V2
                && tunnel.peer().filter(facts -> (facts.bearerCapabilities() & 1) == 0).isPresent()) {
            return Optional.empty();
        }
        Optional<Session> session = tunnel.placeOutgoingCall(0,
                new OutgoingCall(serialNumber, 0, 0xffff_ffffL, 1, 3, "0456", ""), world.now());
        session.filter(s -> s.state() != SessionState.CLOSED).ifPresent(s -> sessions.put(s, "placed"));
        schedule();
        return session;
    }

    /** Says something about a call that is up, as the end that it is to it would: WEN and new speeds, or SLI. */
    public void notice(Session session) {
        if (tunnel.version() == ProtocolVersion.V3) {
            session.circuit(new CircuitStatus((int) (world.now() & 0x7f)), world.now());
        }
        if (session.type().isLac()) {
            session.reportErrors(new CallErrors(1, 2, 3, 4, 5, 6), world.now());
            session.updateSpeed(world.now(), 1, world.now());
        } else {
            session.setLinkInfo(LinkInfo.of(new Accm(0, -1)), world.now());
        }
        schedule();
    }

    /** Does something with the tunnel, then looks at its timer again. */
    public void act(Runnable action) {
        action.run();
        schedule();
    }

    /** Another object goes on with the tunnel, as when a new version of its host's program does. */
    private void handOver() {
        Tunnel old = tunnel;
        tunnel = Tunnel.resume(old.checkpoint(world.now()), old.config(), this, host.random(), world.now());
        handOvers++;
        assertEquals(old.nextTimeoutMillis(), tunnel.nextTimeoutMillis(), () -> "another deadline: " + old);
        assertEquals(old.channel(), tunnel.channel());
        assertEquals(old.toString(), tunnel.toString());
        assertEquals(old.sessions().toString(), tunnel.sessions().toString());
        Map<Session, String> before = new LinkedHashMap<>(sessions);
        sessions.clear();
        before.forEach((session, state) -> sessions.put(tunnel.session(session.localId()).orElseThrow(), state));
    }

    private void schedule() {
        if (world.handsOver() && !dead && !finished) {
            handOver();
        }
        long next = tunnel.nextTimeoutMillis();
        if (next < timerAt && !dead) {
            timerAt = Math.max(next, world.now());
            world.at(timerAt, this::timer);
        }
    }

    private void timer() {
        if (!dead && world.now() >= timerAt) {
            timerAt = Long.MAX_VALUE;
            tunnel.timeout(world.now());
            assertTrue(tunnel.nextTimeoutMillis() > world.now(), () -> "timer spins: " + this);
            schedule();
        }
    }

    @Override
    public void send(ByteBuffer datagram) {
        assertFalse(finished, "sent after finished");
        sentAt.add(world.now());
        // What a recovery tunnel sends goes to an identifier of its own.
        if (tunnel != null && !Datagram.isAcknowledgement(datagram) && Datagram.tunnelId(datagram) == tunnel.remoteId()) {
            ChannelStatus status = tunnel.channel();
            int ahead = Datagram.ns(datagram) - status.peerNr() & 0xffff;
            assertTrue(ahead < status.peerWindow() || !tunnel.state().isOpen(),
                    () -> "more in flight than the window: " + status);
        }
        world.send(host, peer, datagram);
    }

    @Override
    public void established(Tunnel up, PeerFacts facts) {
        assertFalse(established, "established twice");
        assertTrue(closed == null, "established after closed");
        established = true;
        assertTrue(peer.name().equals(facts.hostName()) || world.isCorrupting());
        world.trace(() -> host.name() + ": established " + up);
    }

    @Override
    public int lendTunnelId() {
        return host.lendRecoveryId(this);
    }

    @Override
    public void returnTunnelId(int id) {
        host.returnRecoveryId(id);
    }

    @Override
    public void recovered(Tunnel back) {
        assertTrue(established || expectsRecovery, "recovered, but never up");
        assertTrue(closed == null, "recovered after closed");
        if (!established) {
            assertEquals(keptSessions, back.sessions().stream().filter(s -> s.state() == SessionState.ESTABLISHED).count(),
                    "sessions kept");
            back.sessions().stream().filter(s -> s.state() == SessionState.ESTABLISHED)
                    .forEach(s -> sessions.put(s, "established"));
        }
        sessions.keySet().forEach(s -> assertTrue(s.state() == SessionState.ESTABLISHED
                || s.state() == SessionState.WAIT_TUNNEL, () -> "left over from before the failure: " + s));
        established = true;
        recoveries++;
        world.trace(() -> host.name() + ": recovered " + back);
    }

    @Override
    public void callReceived(Session session, IncomingCall call) {
        assertTrue(established && closed == null, "call outside of an established tunnel");
        assertTrue(callsSeen.add(call.serialNumber()) || world.isCorrupting(), () -> "call delivered twice: " + call);
        sessions.put(session, "offered");
        if (host.answersCalls()) {
            session.accept(world.now());
        }
    }

    @Override
    public void outgoingCallReceived(Session session, OutgoingCall call) {
        assertTrue(established && closed == null, "call outside of an established tunnel");
        assertTrue(callsSeen.add(call.serialNumber()) || world.isCorrupting(), () -> "call delivered twice: " + call);
        sessions.put(session, "offered");
        if (host.answersCalls()) {
            session.accept(world.now());
            // The remote system is called; it answers after a while, if the call is still wanted then.
            world.at(world.now() + call.serialNumber() % 3_000, () -> {
                if (!dead) {
                    tunnel.session(session.localId()).ifPresent(now -> now.connect(ConnectedCall.ofSpeed(64_000), world.now()));
                    schedule();
                }
            });
        }
    }

    @Override
    public void sessionNotice(Session session, ControlMessage message) {
        assertTrue(world.isCorrupting() || session.type().isLac() == session.accm().isPresent());
        assertTrue(world.isCorrupting() || session.type().isLac() != session.callErrors().isPresent());
    }

    @Override
    public void sessionEstablished(Session session, ConnectedCall call) {
        assertEquals(SessionState.ESTABLISHED, session.state());
        callsEstablished++;
        String before = sessions.put(session, "established");
        assertEquals(session.type().isPlacedHere() ? "placed" : "offered", before, "session established twice or late");
        assertEquals(session.type().isLac(), !session.mayCarryData());
    }

    @Override
    public void dataMayFlow(Session session) {
        assertEquals("established", sessions.get(session));
        assertTrue(session.mayCarryData() && session.type().isLac());
    }

    @Override
    public void sessionClosed(Session session, CloseCause cause) {
        assertEquals(SessionState.CLOSED, session.state());
        assertTrue(closed == null, "session closed after its tunnel");
        keptSessions -= expectsRecovery && !established && session.remoteId() != 0 ? 1 : 0;
        String before = sessions.remove(session);
        if (before != null) {
            told.add(session);
        }
        // One that the peer cannot take, by what it says of itself, is closed before it was handed to us.
        boolean refusedAtOnce = session.type().isPlacedHere() && session.remoteId() == 0 && told.add(session);
        assertTrue(before != null || tunnel == null || !established || refusedAtOnce, "session closed twice");
        callsFailed += "established".equals(before) ? 0 : 1;
        assertFalse(cause.words().isEmpty());
        assertTrue(cause.kind() != CloseCause.Kind.FAILOVER || !"established".equals(before) || world.isCorrupting()
                || !hasPartner(session), () -> "lost, though both ends had it: " + session);
        world.trace(() -> host.name() + ": closed " + session + ": " + cause.words());
    }

    /** Whether the other end has this session too. */
    private boolean hasPartner(Session session) {
        return peer.tunnels().stream().map(Watch::tunnel)
                .filter(far -> far != null && far.localId() == tunnel.remoteId() && far.remoteId() == tunnel.localId())
                .flatMap(far -> far.session(session.remoteId()).stream())
                .anyMatch(far -> far.remoteId() == session.localId() && far.state() == SessionState.ESTABLISHED);
    }

    @Override
    public void closed(Tunnel down, CloseCause cause) {
        assertTrue(closed == null, "closed twice");
        assertTrue(sessions.isEmpty(), () -> "closed before its sessions " + sessions.keySet());
        assertFalse(cause.words().isEmpty());
        closed = cause;
        world.trace(() -> host.name() + ": closed " + down + ": " + cause.words());
    }

    @Override
    public void finished(Tunnel over) {
        assertTrue(closed != null, "finished before closed");
        assertFalse(finished, "finished twice");
        assertEquals(Long.MAX_VALUE, over.nextTimeoutMillis());
        assertTrue(over.sessions().isEmpty());
        finished = true;
        if (tunnel != null) {
            host.finished(this, over.localId());
        }
    }

    @Override
    public String toString() {
        return host.name() + " to " + peer.name() + ": " + tunnel;
    }
}
