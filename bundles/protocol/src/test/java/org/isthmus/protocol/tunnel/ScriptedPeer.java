package org.isthmus.protocol.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.Datagram;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;

/** The far end of one tunnel, played by a test message by message; also notes what the tunnel tells. */
class ScriptedPeer implements TunnelObserver {

    static final int TUNNEL_ID = 1000;
    static final int PEER_ID = 2000;
    static final int RECOVERY_ID = 3000;

    final List<ControlMessage> sent = new ArrayList<>();
    final List<byte[]> sentOctets = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    final List<Session> offered = new ArrayList<>();
    CloseCause closed;
    CloseCause sessionClosed;
    PeerFacts facts;
    ConnectedCall connected;
    ControlMessage notice;

    Tunnel tunnel;
    byte[] secret = {};
    long now;
    int ns;
    /** Identifiers of recovery tunnels. */
    int lent;
    /** What the scripted peer expects next; follows what the tunnel sends. */
    int nr;

    static TunnelConfigBuilder config() {
        return TunnelConfig.builder().localTunnelId(TUNNEL_ID).hostName("here");
    }

    /** A tunnel that sent SCCRQ. */
    static ScriptedPeer originating(TunnelConfig config) {
        ScriptedPeer peer = new ScriptedPeer();
        peer.secret = config.secret();
        peer.tunnel = Tunnel.open(config, peer, new Random(7), peer.now);
        return peer;
    }

    /** A tunnel that this SCCRQ was handed to. */
    static ScriptedPeer answering(TunnelConfig config, byte[] sccrq) {
        ScriptedPeer peer = new ScriptedPeer();
        peer.secret = config.secret();
        peer.ns = 1;
        peer.tunnel = Tunnel.accept(ByteBuffer.wrap(sccrq), config, peer, new Random(7), peer.now);
        return peer;
    }

    /** An established tunnel whose peer is the originator. */
    static ScriptedPeer established(TunnelConfig config) {
        return established(config, sccrq());
    }

    /** The same with a peer that has lines to place calls on. */
    static ScriptedPeer establishedWithLac(TunnelConfig config) {
        return established(config, sccrq().number(AvpType.BEARER_CAPABILITIES, 3));
    }

    /** The same with a peer that asks for the tunnel so. */
    static ScriptedPeer established(TunnelConfig config, MessageWriter sccrq) {
        ScriptedPeer peer = answering(config, sccrq.toBytes());
        peer.says(peer.message(MessageType.SCCCN, 0));
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
        peer.passes(10);
        peer.sent.clear();
        return peer;
    }

    static MessageWriter sccrq() {
        return new MessageWriter(MessageType.SCCRQ, 0, 0).number(AvpType.PROTOCOL_VERSION, 0x0100)
                .text(AvpType.HOST_NAME, "there.example.net").number(AvpType.FRAMING_CAPABILITIES, 3)
                .number(AvpType.ASSIGNED_TUNNEL_ID, PEER_ID).number(AvpType.RECEIVE_WINDOW_SIZE, 8);
    }

    MessageWriter sccrp() {
        return message(MessageType.SCCRP, 0).number(AvpType.PROTOCOL_VERSION, 0x0100)
                .text(AvpType.HOST_NAME, "there").number(AvpType.FRAMING_CAPABILITIES, 3)
                .number(AvpType.ASSIGNED_TUNNEL_ID, PEER_ID);
    }

    MessageWriter icrq(int sessionId) {
        return message(MessageType.ICRQ, 0).number(AvpType.ASSIGNED_SESSION_ID, sessionId)
                .number(AvpType.CALL_SERIAL_NUMBER, sessionId);
    }

    MessageWriter ocrq(int sessionId) {
        return message(MessageType.OCRQ, 0).number(AvpType.ASSIGNED_SESSION_ID, sessionId)
                .number(AvpType.CALL_SERIAL_NUMBER, sessionId).number(AvpType.MINIMUM_BPS, 64_000)
                .number(AvpType.MAXIMUM_BPS, 0xffffffffL).number(AvpType.BEARER_TYPE, 1)
                .number(AvpType.FRAMING_TYPE, 2).text(AvpType.CALLED_NUMBER, "0456").text(AvpType.SUB_ADDRESS, "sub");
    }

    MessageWriter message(MessageType type, int sessionId) {
        return new MessageWriter(type, TUNNEL_ID, sessionId);
    }

    /** The peer sends this with its next Ns. */
    void says(MessageWriter message) {
        sends(message.toBytes(), ns++ & 0xffff, nr);
    }

    /** The peer sends this with these numbers. */
    void sends(byte[] message, int withNs, int withNr) {
        ByteBuffer datagram = ByteBuffer.wrap(message);
        datagram.putShort(8, (short) withNs).putShort(10, (short) withNr);
        tunnel.receive(datagram, now);
    }

    /** The peer acknowledges all. */
    void acknowledges() {
        sends(message(MessageType.ZLB, 0).toBytes(), ns, nr);
    }

    /** The peer acknowledges all, and what was noted of the tunnel is forgotten. */
    void acknowledgesQuietly() {
        sends(message(MessageType.ZLB, 0).toBytes(), tunnel.channel().nr(), tunnel.channel().ns());
        sent.clear();
        sentOctets.clear();
        events.clear();
        offered.clear();
    }

    /** Time passes, in the steps that the tunnel asks for. */
    void passes(long millis) {
        long until = now + millis;
        while (tunnel.nextTimeoutMillis() <= until) {
            now = Math.max(now, tunnel.nextTimeoutMillis());
            tunnel.timeout(now);
        }
        now = until;
    }

    /** A session that came up, with the peer as LAC. */
    Session callUp(int sessionId) {
        says(icrq(sessionId));
        Session session = offered.get(offered.size() - 1);
        session.accept(now);
        says(message(MessageType.ICCN, session.localId()).number(AvpType.TX_CONNECT_SPEED, 64_000)
                .number(AvpType.FRAMING_TYPE, 1));
        assertEquals(SessionState.ESTABLISHED, session.state());
        return session;
    }

    ControlMessage last() {
        assertTrue(!sent.isEmpty(), "nothing was sent");
        return sent.get(sent.size() - 1);
    }

    List<MessageType> sentTypes() {
        return sent.stream().map(ControlMessage::type).toList();
    }

    long count(Counter counter) {
        return tunnel.counters().get(counter);
    }

    @Override
    public void send(ByteBuffer datagram) {
        byte[] octets = new byte[datagram.remaining()];
        datagram.get(datagram.position(), octets);
        sentOctets.add(octets);
        ControlMessage message = (ControlMessage) ControlMessage.decode(datagram, secret);
        sent.add(message);
        if (!Datagram.isZlb(datagram) && message.ns() == nr) {
            nr = nr + 1 & 0xffff;
        }
    }

    @Override
    public int lendTunnelId() {
        return RECOVERY_ID + lent++;
    }

    @Override
    public void recovered(Tunnel back) {
        events.add("recovered");
    }

    @Override
    public void established(Tunnel up, PeerFacts peer) {
        facts = peer;
        events.add("established");
    }

    @Override
    public void callReceived(Session session, IncomingCall call) {
        offered.add(session);
        events.add("call " + call.serialNumber());
    }

    @Override
    public void outgoingCallReceived(Session session, OutgoingCall call) {
        offered.add(session);
        events.add("outgoing call " + call.serialNumber());
    }

    @Override
    public void speedChanged(Session session, ConnectedCall call) {
        events.add("speeds " + call.txConnectSpeed() + "/" + call.rxConnectSpeed());
    }

    @Override
    public void sessionEstablished(Session session, ConnectedCall call) {
        connected = call;
        events.add("session established");
    }

    @Override
    public void dataMayFlow(Session session) {
        events.add("data may flow");
    }

    @Override
    public void sessionClosed(Session session, CloseCause cause) {
        sessionClosed = cause;
        events.add("session closed");
    }

    @Override
    public void closed(Tunnel down, CloseCause cause) {
        closed = cause;
        events.add("closed");
    }

    @Override
    public void finished(Tunnel over) {
        events.add("finished");
    }

    @Override
    public void sessionNotice(Session session, ControlMessage message) {
        notice = message;
    }
}
