package org.isthmus.protocol.tunnel;

import static org.isthmus.protocol.tunnel.ScriptedPeer.config;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.isthmus.protocol.wire.AccessLine;
import org.isthmus.protocol.wire.Accm;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallErrors;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ConnectSpeedUpdate;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ResultCode;
import org.junit.jupiter.api.Test;

/** What both ends tell each other about calls: WEN, SLI, speeds, access lines, service classes, PPP causes. */
class LinkNoticesTest {

    private static final CallErrors ERRORS = new CallErrors(1, 2, 3, 4, 5, 6);
    private static final int EXPEDITED = DiffServ.phbOf(46);
    private static final DiffServ DIFF_SERV = new DiffServ(OptionalInt.of(EXPEDITED), OptionalInt.of(0x2800));

    @Test
    void aLacReportsErrorsAndAnLnsSetsTheLink() {
        ScriptedPeer lac = ScriptedPeer.established(config().build());
        Session placed = placed(lac, IncomingCall.numbered(1));
        placed.reportErrors(ERRORS, lac.now);
        assertEquals(MessageType.WEN, lac.last().type());
        assertEquals(33, lac.last().sessionId());
        assertEquals(Optional.of(ERRORS), lac.last().callErrors());
        int before = lac.sent.size();
        placed.setLinkInfo(LinkInfo.of(new Accm(1, 2)), lac.now);
        assertEquals(before, lac.sent.size(), "a LAC sends no SLI");

        ScriptedPeer lns = ScriptedPeer.established(config().build());
        Session taken = lns.callUp(33);
        taken.setLinkInfo(new LinkInfo(new Accm(1, 2), new byte[] {1, 4, 5, (byte) 220}, new byte[0]), lns.now);
        assertEquals(MessageType.SLI, lns.last().type());
        assertEquals(Optional.of(new Accm(1, 2)), lns.last().accm());
        assertArrayEquals(new byte[] {1, 4, 5, (byte) 220}, lns.last().octets(AvpType.LNS_LAST_SENT_LCP_CONFREQ));
        assertFalse(lns.last().has(AvpType.LNS_LAST_RECEIVED_LCP_CONFREQ));
        before = lns.sent.size();
        taken.reportErrors(ERRORS, lns.now);
        assertEquals(before, lns.sent.size(), "an LNS sends no WEN");
    }

    @Test
    void whatThePeerReportsIsKept() {
        ScriptedPeer lns = ScriptedPeer.established(config().build());
        Session taken = lns.callUp(33);
        lns.says(lns.message(MessageType.WEN, taken.localId()).callErrors(ERRORS));
        assertEquals(Optional.of(ERRORS), taken.callErrors());
        assertEquals(MessageType.WEN, lns.notice.type());
        lns.says(lns.message(MessageType.SLI, taken.localId()).accm(new Accm(1, 2)));
        assertEquals(Optional.empty(), taken.accm(), "an SLI is for a LAC");
        assertEquals(1, lns.count(Counter.UNEXPECTED));
        assertEquals(SessionState.ESTABLISHED, taken.state());

        ScriptedPeer lac = ScriptedPeer.established(config().build());
        Session placed = placed(lac, IncomingCall.numbered(1));
        lac.says(lac.message(MessageType.SLI, placed.localId()).accm(new Accm(1, 2)));
        assertEquals(Optional.of(new Accm(1, 2)), placed.accm());
        lac.says(lac.message(MessageType.SLI, placed.localId()));
        assertEquals(Optional.of(new Accm(1, 2)), placed.accm(), "one without masks changes nothing");
        assertEquals(1, lac.count(Counter.AVPS_MISSING));
    }

    @Test
    void anAccessLineIsTold() {
        AccessLine line = AccessLine.NONE.with(AvpType.AGENT_REMOTE_ID, "customer 17")
                .with(AvpType.ACTUAL_RATE_UP, 10_000_000);
        ScriptedPeer lac = ScriptedPeer.established(config().build());
        placed(lac, new IncomingCall(1, 0, 0, "", "", "", line, true));
        ControlMessage icrq = lac.sent.stream().filter(m -> m.type() == MessageType.ICRQ).findFirst().orElseThrow();
        assertEquals(line, icrq.accessLine());
        assertTrue(icrq.has(AvpType.CONNECT_SPEED_UPDATE_ENABLE));
        assertTrue(icrq.misplaced().isEmpty());

        ScriptedPeer lns = ScriptedPeer.established(config().build());
        lns.says(lns.icrq(33).text(AvpType.AGENT_REMOTE_ID, "customer 17").number(AvpType.ACTUAL_RATE_UP, 10_000_000)
                .flag(AvpType.CONNECT_SPEED_UPDATE_ENABLE));
        assertEquals(new IncomingCall(33, 0, 0, "", "", "", line, true), lns.offered.get(0).call());
    }

    @Test
    void newSpeedsAreToldOnlyWhenThatWasAnnounced() {
        ScriptedPeer lac = ScriptedPeer.established(config().build());
        Session silent = placed(lac, IncomingCall.numbered(1));
        int before = lac.sent.size();
        silent.updateSpeed(5, 6, lac.now);
        assertEquals(before, lac.sent.size());
        assertEquals(5, silent.connected().orElseThrow().txConnectSpeed());

        Session telling = placed(lac, new IncomingCall(2, 0, 0, "", "", "", AccessLine.NONE, true));
        telling.updateSpeed(5, 6, lac.now);
        assertEquals(MessageType.CSUN, lac.last().type());
        assertEquals(0, lac.last().sessionId());
        assertEquals(List.of(new ConnectSpeedUpdate(telling.remoteId(), 5, 6)), lac.last().connectSpeedUpdates());

        lac.says(lac.message(MessageType.CSURQ, 0)
                .connectSpeedUpdate(new ConnectSpeedUpdate(silent.localId(), 0, 0))
                .connectSpeedUpdate(new ConnectSpeedUpdate(telling.localId(), 0, 0))
                .connectSpeedUpdate(new ConnectSpeedUpdate(telling.localId() ^ silent.localId(), 0, 0)));
        assertEquals(List.of(new ConnectSpeedUpdate(telling.remoteId(), 5, 6)), lac.last().connectSpeedUpdates());
        assertEquals(2, lac.count(Counter.NO_SUCH_SESSION));
    }

    @Test
    void anLnsLearnsSpeedsAndAsksForThem() {
        ScriptedPeer lns = ScriptedPeer.established(config().build());
        Session silent = lns.callUp(33);
        lns.says(lns.icrq(34).flag(AvpType.CONNECT_SPEED_UPDATE_ENABLE));
        Session telling = lns.offered.get(1);
        telling.accept(lns.now);
        lns.says(lns.message(MessageType.ICCN, telling.localId()).number(AvpType.TX_CONNECT_SPEED, 1)
                .number(AvpType.FRAMING_TYPE, 1));
        lns.says(lns.message(MessageType.CSUN, 0)
                .connectSpeedUpdate(new ConnectSpeedUpdate(telling.localId(), 7, 8)));
        assertEquals("speeds 7/8", lns.events.get(lns.events.size() - 1));
        assertEquals(7, telling.connected().orElseThrow().txConnectSpeed());
        lns.tunnel.askSpeeds(lns.now);
        assertEquals(MessageType.CSURQ, lns.last().type());
        assertEquals(List.of(new ConnectSpeedUpdate(34, 0, 0)), lns.last().connectSpeedUpdates());
        assertEquals(SessionState.ESTABLISHED, silent.state());
    }

    @Test
    void aCdnTellsWhyPppEnded() {
        ScriptedPeer lns = ScriptedPeer.established(config().build());
        Session session = lns.callUp(33);
        DisconnectCause cause = new DisconnectCause(16, 0xc223, 1, "");
        session.close(ResultCode.of(CallResult.ADMINISTRATIVE, ""), cause, lns.now);
        assertEquals(Optional.of(cause), lns.last().disconnectCause());
        assertTrue(lns.last().misplaced().isEmpty());
        assertEquals(Optional.of(cause), lns.sessionClosed.disconnect());
        assertTrue(lns.sessionClosed.words().contains("bad name"), lns.sessionClosed.words());
    }

    // RFC 3308

    @Test
    void bothEndsAgreeOnAServiceOrSayNothing() {
        ScriptedPeer asked = ScriptedPeer.answering(config().diffServ(DIFF_SERV).build(),
                ScriptedPeer.sccrq().number(AvpType.CONTROL_CONNECTION_DS, 0x1000).toBytes());
        assertEquals(EXPEDITED, asked.last().integer(AvpType.CONTROL_CONNECTION_DS, 0), "a counter-offer");
        assertEquals(OptionalInt.of(EXPEDITED), asked.tunnel.phb());
        ScriptedPeer unasked = ScriptedPeer.answering(config().diffServ(DIFF_SERV).build(),
                ScriptedPeer.sccrq().toBytes());
        assertFalse(unasked.last().has(AvpType.CONTROL_CONNECTION_DS));
        assertEquals(OptionalInt.empty(), unasked.tunnel.phb());
        ScriptedPeer without = ScriptedPeer.answering(config().build(),
                ScriptedPeer.sccrq().number(AvpType.CONTROL_CONNECTION_DS, 0x1000).toBytes());
        assertFalse(without.last().has(AvpType.CONTROL_CONNECTION_DS), "no support: no answer");
    }

    @Test
    void theAnswerToOurWishIsTaken() {
        ScriptedPeer peer = ScriptedPeer.originating(config().diffServ(DIFF_SERV).build());
        assertEquals(EXPEDITED, peer.last().integer(AvpType.CONTROL_CONNECTION_DS, 0));
        peer.says(peer.sccrp().number(AvpType.CONTROL_CONNECTION_DS, 0x1000));
        assertEquals(OptionalInt.of(0x1000), peer.tunnel.phb());
        assertEquals(OptionalInt.of(4), peer.tunnel.dscp());
        assertEquals(OptionalInt.of(4), DiffServ.dscpOf(0x1002), "a set of PHBs has its smallest");
        assertEquals(OptionalInt.empty(), DiffServ.dscpOf(0x1001), "an assigned code stands for no DSCP");
        ScriptedPeer silent = ScriptedPeer.originating(config().diffServ(DIFF_SERV).build());
        silent.says(silent.sccrp());
        assertEquals(OptionalInt.empty(), silent.tunnel.phb());
        assertEquals(TunnelState.ESTABLISHED, silent.tunnel.state());
    }

    @Test
    void sessionsAgreeLikewise() {
        ScriptedPeer peer = ScriptedPeer.establishedWithLac(config().diffServ(DIFF_SERV).takeOutgoingCalls(true)
                .build());
        peer.says(peer.icrq(33).number(AvpType.SESSION_DS, 0x1000));
        peer.offered.get(0).accept(peer.now);
        assertEquals(0x2800, peer.last().integer(AvpType.SESSION_DS, 0));
        assertEquals(OptionalInt.of(0x2800), peer.offered.get(0).phb());
        peer.says(peer.ocrq(34));
        peer.offered.get(1).accept(peer.now);
        assertFalse(peer.last().has(AvpType.SESSION_DS));

        Session asking = peer.tunnel.placeOutgoingCall(0, new OutgoingCall(1, 0, 0, 0, 3, "", ""), peer.now)
                .orElseThrow();
        assertEquals(0x2800, peer.last().integer(AvpType.SESSION_DS, 0));
        peer.says(peer.message(MessageType.OCRP, asking.localId()).number(AvpType.ASSIGNED_SESSION_ID, 40)
                .number(AvpType.SESSION_DS, 0x1000));
        assertEquals(OptionalInt.of(0x1000), asking.phb());
    }

    private static Session placed(ScriptedPeer peer, IncomingCall call) {
        Session session = peer.tunnel.placeIncomingCall(new CallConfig(0, call,
                new ConnectedCall(1_000, 1_000, 1, false, "", Map.of())), peer.now).orElseThrow();
        peer.says(peer.message(MessageType.ICRP, session.localId())
                .number(AvpType.ASSIGNED_SESSION_ID, 32 + (int) call.serialNumber()));
        peer.acknowledges();
        assertEquals(SessionState.ESTABLISHED, session.state());
        return session;
    }
}
