package org.isthmus.protocol.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.Counter;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.TunnelState;
import org.isthmus.protocol.tunnel.V3Config;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.DigestType;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator is promised when an appliance fails and comes back with what it kept (RFC 4951). */
class FailoverScenarioTest {

    private static final int CALLS = 120;

    private final World world = new World(4951);
    private final Host lac = world.host("lac");
    private final Host lns = world.host("lns");

    @BeforeEach
    void bothCan() {
        for (Host host : List.of(lac, lns)) {
            host.template().secret(Host.SECRET).challenge(true)
                    .failover(Optional.of(new FailoverCapability(true, true, 60_000)));
        }
    }

    @AfterEach
    void nothingIsLeftWhenAllIsClosed() {
        for (Host host : List.of(lac, lns)) {
            List.copyOf(host.tunnels()).forEach(w -> w.act(() -> w.tunnel()
                    .close(ResultCode.of(StopResult.SHUTTING_DOWN, ""), world.now())));
        }
        world.runFor(600_000);
        lac.assertNothingLeft();
        lns.assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void allSessionsOutliveTheLac(ProtocolVersion version) {
        survives(version, lac, lns);
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void allSessionsOutliveTheLns(ProtocolVersion version) {
        survives(version, lns, lac);
    }

    private void survives(ProtocolVersion version, Host failing, Host other) {
        up(version);
        List<Session> sessions = List.copyOf(theOnly(other).tunnel().sessions());
        String before = theOnly(failing).tunnel().toString();
        failing.crashKeepingState(15_000);
        world.runFor(16_000);
        assertEquals(before, theOnly(failing).tunnel().toString());
        assertEquals(sessions, List.copyOf(theOnly(other).tunnel().sessions()), "the very same sessions");
        Agreement.check(failing);
        Agreement.check(other);
        assertEquals(0, theOnly(other).tunnel().failover().unconfirmed());
        assertEquals(1, theOnly(failing).recoveries());
        assertEquals(1, theOnly(other).recoveries());
        assertEquals(3, theOnly(other).tunnel().counters().received(MessageType.FSQ), CALLS + " sessions, 50 in each");
        // The control channel works both ways.
        theOnly(lac).call(CALLS + 1);
        world.runFor(1_000);
        assertEquals(CALLS + 1, theOnly(lns).tunnel().sessions().stream().filter(Session::mayCarryData).count());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void bothMayFailAtOnce(ProtocolVersion version) {
        up(version);
        lac.crashKeepingState(3_000);
        lns.crashKeepingState(3_000);
        world.runFor(20_000);
        assertEquals(CALLS, theOnly(lac).tunnel().sessions().size());
        Agreement.check(lac);
        Agreement.check(lns);
    }

    @Test
    void anApplianceMayFailAgainInTheMiddleOfItsRecovery() {
        up(ProtocolVersion.V2);
        lac.crashKeepingState(1_000);
        world.runFor(1_007);
        assertEquals(TunnelState.RECOVERING, theOnly(lac).tunnel().state());
        lac.crashKeepingState(1_000);
        world.runFor(10_000);
        assertEquals(CALLS, theOnly(lac).tunnel().sessions().size());
        Agreement.check(lac);
        Agreement.check(lns);
    }

    @Test
    void aSessionThatOnlyOneEndStillHasIsCleared() {
        Watch first = up(ProtocolVersion.V2);
        Session session = first.tunnel().sessions().iterator().next();
        // Its CDN is lost with the network, and then the appliance.
        world.impair(Impairment.loss(100));
        first.act(() -> session.close(ResultCode.of(CallResult.ADMINISTRATIVE, ""), world.now()));
        lac.crashKeepingState(1_000);
        world.impair(Impairment.NONE);
        world.runFor(10_000);
        assertEquals(CALLS - 1, theOnly(lac).tunnel().sessions().size());
        Agreement.check(lac);
        Agreement.check(lns);
        assertEquals(1, theOnly(lns).tunnel().counters().get(Counter.SESSIONS_NOT_RECOVERED));
        assertEquals(0, theOnly(lns).tunnel().counters().received(MessageType.CDN), "without a word");
    }

    @Test
    void aSilentPeerIsWaitedForAsLongAsItAsked() {
        lns.template().failover(Optional.of(new FailoverCapability(true, true, 90_000)));
        Watch watch = up(ProtocolVersion.V2);
        lns.crash();
        long silent = world.now();
        watch.call(CALLS + 1);
        world.runUntil(silent + 89_999);
        assertEquals(TunnelState.ESTABLISHED, watch.tunnel().state());
        world.runUntil(silent + 90_000);
        assertEquals(CloseCause.Kind.UNREACHABLE, watch.closeCause().orElseThrow().kind());
    }

    @Test
    void aPeerThatCannotFailOverIsGivenUpAsEver() {
        lns.template().failover(Optional.empty());
        Watch watch = up(ProtocolVersion.V2);
        assertFalse(watch.tunnel().failover().capable());
        assertFalse(watch.tunnel().snapshot().orElseThrow().recoverable());
        lns.crash();
        watch.call(CALLS + 1);
        world.runFor(31_000);
        assertTrue(watch.isFinished());
    }

    @Test
    void aTunnelThatThePeerHasGivenUpIsForgottenWithoutAWord() {
        up(ProtocolVersion.V2);
        lac.crashKeepingState(1_000);
        lns.crash();
        world.runFor(10_000);
        assertTrue(lac.tunnels().isEmpty());
        Watch failed = lac.history().get(1);
        assertEquals(CloseCause.Kind.FAILOVER, failed.closeCause().orElseThrow().kind());
        assertEquals(1, failed.sentAt().size(), "only the SCCRQ of the recovery tunnel");
    }

    @Test
    void aPeerThatCannotTakeUpSequenceNumbersLosesTheSessionsThatHaveThem() {
        lns.template().failover(Optional.of(new FailoverCapability(true, false, 60_000)));
        up(ProtocolVersion.V3);
        lac.crashKeepingState(1_000);
        world.runFor(10_000);
        assertTrue(theOnly(lac).tunnel().sessions().stream().map(s -> s.data().orElseThrow())
                .allMatch(d -> d.sequencingSent().code() == 0 && d.sequencingExpected().code() == 0));
        assertTrue(theOnly(lns).tunnel().counters().received(MessageType.CDN) > 0);
        Agreement.check(lac);
        Agreement.check(lns);
    }

    private Watch up(ProtocolVersion version) {
        for (Host host : List.of(lac, lns)) {
            host.template().version(version).v3(V3Config.DEFAULT.withDigest(DigestType.SHA1, true));
        }
        Watch watch = lac.open(lns);
        world.runFor(1_000);
        for (int i = 0; i < CALLS; i++) {
            watch.call(i);
        }
        world.runFor(10_000);
        assertEquals(CALLS, watch.tunnel().sessions().stream().filter(Session::mayCarryData).count());
        return watch;
    }

    private static Watch theOnly(Host host) {
        assertEquals(1, host.tunnels().size());
        return host.tunnels().iterator().next();
    }
}
