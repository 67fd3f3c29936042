package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.ScriptedPeer.PEER_ID;
import static org.isthmus.protocol.tunnel.ScriptedPeer.RECOVERY_ID;
import static org.isthmus.protocol.tunnel.ScriptedPeer.TUNNEL_ID;
import static org.isthmus.protocol.tunnel.ScriptedPeer.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ChallengeResponse;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.FailoverSession;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.SuggestedSequence;
import org.isthmus.protocol.wire.TunnelRecovery;
import org.junit.jupiter.api.Test;

/** Recovery as the end that did not fail, against what a peer or a stranger may send (RFC 4951). */
class FailoverTest {

    private static final FailoverCapability CAPABLE = new FailoverCapability(true, true, 60_000);
    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);
    private static final int PEERS_RECOVERY_ID = 4000;

    private final ScriptedPeer peer = established(SECRET, CAPABLE);

    private static ScriptedPeer established(byte[] secret, FailoverCapability theirs) {
        ScriptedPeer peer = new ScriptedPeer();
        peer.secret = secret;
        peer.ns = 1;
        TunnelConfig config = config().secret(secret).challenge(secret.length > 0).failover(Optional.of(CAPABLE)).build();
        peer.tunnel = Tunnel.accept(ByteBuffer.wrap(ScriptedPeer.sccrq().failoverCapability(theirs).toBytes()), config, peer,
                new Random(7), 0);
        MessageWriter scccn = peer.message(MessageType.SCCCN, 0);
        if (secret.length > 0) {
            scccn.octets(AvpType.CHALLENGE_RESPONSE, ChallengeResponse.of(MessageType.SCCCN, secret,
                    peer.last().octets(AvpType.CHALLENGE)));
        }
        peer.says(scccn);
        peer.passes(10);
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
        return peer;
    }

    private boolean asks(String hostName, TunnelRecovery old) {
        byte[] sccrq = new MessageWriter(MessageType.SCCRQ, 0, 0).number(AvpType.PROTOCOL_VERSION, 0x0100)
                .text(AvpType.HOST_NAME, hostName).number(AvpType.FRAMING_CAPABILITIES, 3)
                .number(AvpType.ASSIGNED_TUNNEL_ID, PEERS_RECOVERY_ID).number(AvpType.TIE_BREAKER, 1)
                .octets(AvpType.CHALLENGE, new byte[16]).tunnelRecovery(old).toBytes();
        peer.sent.clear();
        return peer.tunnel.takeRecovery(ByteBuffer.wrap(sccrq), peer.now);
    }

    private boolean asks() {
        return asks("there.example.net", new TunnelRecovery(PEER_ID, TUNNEL_ID));
    }

    /** SCCCN on the recovery tunnel, with a response that this secret gives. */
    private void confirms(byte[] secret) {
        byte[] response = ChallengeResponse.of(MessageType.SCCCN, secret, peer.last().octets(AvpType.CHALLENGE));
        byte[] scccn = new MessageWriter(MessageType.SCCCN, RECOVERY_ID, 0).octets(AvpType.CHALLENGE_RESPONSE, response)
                .toBytes();
        peer.sends(scccn, 1, 1);
    }

    @Test
    void theControlChannelGoesOnWhereTheSccrpSuggested() {
        Session session = peer.callUp(7);
        assertTrue(asks());
        ControlMessage sccrp = peer.last();
        assertEquals(MessageType.SCCRP, sccrp.type());
        assertFalse(sccrp.has(AvpType.FAILOVER_CAPABILITY), "not on a recovery tunnel");
        SuggestedSequence suggested = sccrp.suggestedSequence().orElseThrow();
        assertFalse(peer.events.contains("recovered"), "nobody is authenticated yet");
        confirms(SECRET);
        assertTrue(peer.events.contains("recovered"));
        assertEquals(suggested.ns(), peer.tunnel.channel().nr());
        assertEquals(suggested.nr() + 1, peer.tunnel.channel().ns(), "an FSQ waits");
        assertEquals(List.of(new FailoverSession(session.localId(), 7)), peer.last().failoverSessions());
        // A message of before is out of the window.
        peer.says(peer.message(MessageType.STOPCCN, 0).number(AvpType.ASSIGNED_TUNNEL_ID, PEER_ID));
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
        peer.sends(peer.message(MessageType.FSR, 0).failoverSession(new FailoverSession(7, session.localId())).toBytes(),
                suggested.ns(), suggested.nr() + 1);
        assertEquals(0, peer.tunnel.failover().unconfirmed());
        assertEquals(SessionState.ESTABLISHED, session.state());
    }

    @Test
    void whoDoesNotKnowTheSecretChangesNothing() {
        Session session = peer.callUp(7);
        assertTrue(asks());
        confirms("wrong".getBytes(StandardCharsets.UTF_8));
        assertEquals(MessageType.STOPCCN, peer.last().type());
        assertEquals(PEERS_RECOVERY_ID, peer.last().tunnelId());
        assertFalse(peer.events.contains("recovered"));
        assertEquals(SessionState.ESTABLISHED, session.state());
        // The old channel is where it was.
        peer.says(peer.message(MessageType.HELLO, 0));
        assertEquals(1, peer.tunnel.counters().received(MessageType.HELLO));
    }

    @Test
    void aRequestThatDoesNotFitIsRefused() {
        assertFalse(asks("there.example.net", new TunnelRecovery(PEER_ID + 1, TUNNEL_ID)));
        assertFalse(asks("there.example.net", new TunnelRecovery(PEER_ID, TUNNEL_ID + 1)));
        assertEquals(2, peer.count(Counter.RECOVERIES_REFUSED));
        assertEquals(0, peer.lent, "nothing was made");
        assertTrue(asks("somebody.else", new TunnelRecovery(PEER_ID, TUNNEL_ID)));
        assertEquals(MessageType.STOPCCN, peer.last().type());
        peer.passes(1);
        assertEquals(TunnelState.ESTABLISHED, peer.tunnel.state());
    }

    @Test
    void aTunnelWhosePeerSaidNothingOfFailoverIsNotRecovered() {
        ScriptedPeer unable = established(new byte[0], new FailoverCapability(false, true, 0));
        byte[] sccrq = ScriptedPeer.sccrq().tunnelRecovery(new TunnelRecovery(PEER_ID, TUNNEL_ID)).toBytes();
        assertFalse(unable.tunnel.takeRecovery(ByteBuffer.wrap(sccrq), 0));
    }

    @Test
    void whatWasNotUpIsClearedWithoutAWordAndNewCallsAreTaken() {
        peer.says(peer.icrq(9));
        Session half = peer.offered.get(0);
        half.accept(peer.now);
        assertTrue(asks());
        SuggestedSequence suggested = peer.last().suggestedSequence().orElseThrow();
        confirms(SECRET);
        assertEquals(SessionState.CLOSED, half.state());
        assertFalse(peer.sentTypes().contains(MessageType.CDN));
        peer.sends(peer.icrq(9).toBytes(), suggested.ns(), suggested.nr());
        assertEquals(2, peer.offered.size());
    }

    /** RFC 4951, appendix C. */
    @Test
    void aSessionThatIsPairedWithAnotherOneIsAskedForInTurn() {
        Session session = peer.callUp(7);
        peer.acknowledgesQuietly();
        peer.says(peer.message(MessageType.FSQ, 0).failoverSession(new FailoverSession(8, session.localId()))
                .failoverSession(new FailoverSession(7, session.localId())).failoverSession(new FailoverSession(5, 6)));
        peer.passes(10);
        peer.acknowledges();
        ControlMessage answer = peer.sent.stream().filter(m -> m.type() == MessageType.FSR).findFirst().orElseThrow();
        assertEquals(List.of(new FailoverSession(0, 8), new FailoverSession(session.localId(), 7), new FailoverSession(0, 5)),
                answer.failoverSessions());
        ControlMessage question = peer.sent.stream().filter(m -> m.type() == MessageType.FSQ).findFirst().orElseThrow();
        assertEquals(List.of(new FailoverSession(session.localId(), 7)), question.failoverSessions());
        peer.says(peer.message(MessageType.FSR, 0).failoverSession(new FailoverSession(0, session.localId())));
        assertEquals(CloseCause.Kind.FAILOVER, peer.sessionClosed.kind());
        assertFalse(peer.sentTypes().contains(MessageType.CDN));
    }

    /** RFC 4951 section 3.3: the peer has forgotten the session, and uses its identifier anew. */
    @Test
    void aCallWithTheIdentifierOfASessionThatIsUpClearsBoth() {
        Session session = peer.callUp(7);
        peer.says(peer.icrq(7));
        ControlMessage cdn = peer.sent.stream().filter(m -> m.type() == MessageType.CDN).findFirst().orElseThrow();
        assertEquals(session.localId(), cdn.assignedSessionId());
        assertEquals(SessionState.CLOSED, session.state());
    }
}
