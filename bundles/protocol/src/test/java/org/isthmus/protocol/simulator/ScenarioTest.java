package org.isthmus.protocol.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.isthmus.protocol.tunnel.CloseCause;
import org.isthmus.protocol.tunnel.Counter;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.SessionState;
import org.isthmus.protocol.tunnel.TunnelState;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.StopResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator is promised in each kind of trouble, with two appliances and a network. */
class ScenarioTest {

    private final World world = new World(42);
    private final Host lac = world.host("lac");
    private final Host lns = world.host("lns");

    @AfterEach
    void nothingIsLeftWhenAllIsClosed() {
        world.impair(Impairment.NONE);
        for (Host host : List.of(lac, lns)) {
            List.copyOf(host.tunnels()).forEach(w -> w.act(() -> w.tunnel()
                    .close(ResultCode.of(StopResult.SHUTTING_DOWN, ""), world.now())));
        }
        world.runFor(600_000);
        lac.assertNothingLeft();
        lns.assertNothingLeft();
        assertEquals(0, world.pending());
    }

    @Test
    void aTunnelAndAThousandCallsComeUp() {
        Watch watch = lac.open(lns);
        for (int i = 0; i < 1_000; i++) {
            watch.call(i);
        }
        world.runFor(60_000);
        assertEquals(1_000, watch.tunnel().sessions().stream().filter(Session::mayCarryData).count());
        assertEquals(1_000, theOnly(lns).tunnel().sessions().stream()
                .filter(s -> s.state() == SessionState.ESTABLISHED).count());
        assertEquals(0, watch.tunnel().counters().get(Counter.RETRANSMITS));
    }

    @Test
    void aKilledPeerIsNoticedByHelloWithinTheIntervalAndARetransmissionCycle() {
        lac.template().helloIntervalMillis(60_000);
        Watch watch = up();
        watch.call(1);
        world.runFor(1_000);
        long killed = world.now();
        lns.crash();
        world.runUntil(killed + 58_000);
        assertEquals(TunnelState.ESTABLISHED, watch.tunnel().state());
        world.runUntil(killed + 60_000 + 31_000);
        assertEquals(CloseCause.Kind.UNREACHABLE, watch.closeCause().orElseThrow().kind());
        assertTrue(watch.isFinished());
    }

    @Test
    void aRestartedPeerCanComeBackAtOnce() {
        Watch first = up();
        lac.crash();
        Watch second = lac.open(lns);
        world.runFor(1_000);
        assertEquals(TunnelState.ESTABLISHED, second.tunnel().state());
        world.runFor(200_000);
        assertEquals(1, lns.tunnels().size(), "the old tunnel is gone");
        assertFalse(first.isFinished());
    }

    @Test
    void aQuietTunnelOutlivesAMinuteWithoutNetwork() {
        lac.template().helloIntervalMillis(60_000);
        lns.template().helloIntervalMillis(60_000);
        Watch watch = up();
        world.impair(Impairment.loss(100));
        world.runFor(59_000);
        world.impair(Impairment.NONE);
        world.runFor(120_000);
        assertEquals(TunnelState.ESTABLISHED, watch.tunnel().state());
        assertEquals(TunnelState.ESTABLISHED, theOnly(lns).tunnel().state());
    }

    @Test
    void aTunnelWithSomethingToSayIsGivenUp31SecondsIntoAMinuteWithoutNetworkAndCanBeOpenedAgain() {
        Watch watch = up();
        world.impair(Impairment.loss(100));
        long start = world.now();
        watch.call(1);
        world.runUntil(start + 30_999);
        assertEquals(TunnelState.ESTABLISHED, watch.tunnel().state());
        world.runUntil(start + 31_000);
        assertEquals(CloseCause.Kind.UNREACHABLE, watch.closeCause().orElseThrow().kind());
        assertTrue(watch.closeCause().orElseThrow().words().startsWith("ICRQ was not acknowledged"));
        world.runUntil(start + 60_000);
        world.impair(Impairment.NONE);
        Watch again = lac.open(lns);
        again.call(2);
        world.runFor(1_000);
        assertEquals(1, again.tunnel().sessions().stream().filter(Session::mayCarryData).count());
        world.runFor(200_000);
        assertEquals(1, lns.tunnels().size(), "the LNS has given the old tunnel up too");
    }

    @Test
    void aMinuteWithoutNetworkIsSurvivedWithEnoughRetries() {
        lac.template().maxRetries(10);
        lns.template().maxRetries(10);
        Watch watch = up();
        world.impair(Impairment.loss(100));
        watch.call(1);
        world.runFor(60_000);
        world.impair(Impairment.NONE);
        world.runFor(20_000);
        assertEquals(1, watch.tunnel().sessions().stream().filter(Session::mayCarryData).count());
    }

    @Test
    void aDuplicateSccrqMakesNoSecondTunnel() {
        world.impair(new Impairment(0, 100, 0, 0, 5, 30, Set.of()));
        Watch watch = lac.open(lns);
        world.runFor(10_000);
        assertEquals(TunnelState.ESTABLISHED, watch.tunnel().state());
        assertEquals(1, lns.history().size());
    }

    @Test
    void aLostSccrpIsSentAgainWhenTheSccrqIs() {
        world.impair(Impairment.NONE);
        Watch watch = lac.open(lns);
        world.runFor(6);
        world.impair(Impairment.loss(100));
        world.runFor(500);
        world.impair(Impairment.NONE);
        assertEquals(1, theOnly(lns).sentAt().size());
        world.runFor(400);
        assertEquals(1, theOnly(lns).sentAt().size(), "not by itself");
        world.runFor(1_000);
        assertEquals(TunnelState.ESTABLISHED, watch.tunnel().state());
    }

    @Test
    void wrongSecretsBringNoTunnelUpAndBothEndsKnowWhy() {
        lac.template().secret("one".getBytes(StandardCharsets.UTF_8)).challenge(true);
        lns.template().secret("other".getBytes(StandardCharsets.UTF_8)).challenge(true);
        Watch watch = lac.open(lns);
        watch.call(1);
        world.runFor(2_000);
        assertEquals(CloseCause.Kind.AUTHENTICATION, watch.closeCause().orElseThrow().kind());
        Watch far = lns.history().get(0);
        assertFalse(watch.wasEstablished() || far.wasEstablished());
        assertEquals(CloseCause.Kind.PEER, far.closeCause().orElseThrow().kind());
        assertEquals(StopResult.NOT_AUTHORIZED.code(), far.closeCause().orElseThrow().result().orElseThrow().result());
        assertEquals(1, watch.tunnel().counters().get(Counter.AUTHENTICATION_FAILED));
    }

    @Test
    void whenBothEndsOpenAtOnceTheLowerTieBreakerStays() {
        lac.template().tieBreaker(OptionalLong.of(7));
        lns.template().tieBreaker(OptionalLong.of(-7));
        Watch winner = lac.open(lns);
        Watch loser = lns.open(lac);
        world.runFor(5_000);
        assertEquals(TunnelState.ESTABLISHED, winner.tunnel().state());
        assertEquals(CloseCause.Kind.TIE_BREAKER, loser.closeCause().orElseThrow().kind());
        assertTrue(loser.isFinished());
        assertEquals(1, lac.tunnels().size());
        assertEquals(1, lns.tunnels().size());
    }

    @Test
    void equalTieBreakersEndBoth() {
        lac.template().tieBreaker(OptionalLong.of(7));
        lns.template().tieBreaker(OptionalLong.of(7));
        Watch one = lac.open(lns);
        Watch other = lns.open(lac);
        world.runFor(60_000);
        assertTrue(one.isFinished() && other.isFinished());
        assertTrue(lac.tunnels().isEmpty() && lns.tunnels().isEmpty());
    }

    @Test
    void withoutTieBreakersBothTunnelsComeUp() {
        lac.open(lns);
        lns.open(lac);
        world.runFor(5_000);
        assertEquals(2, lac.tunnels().size());
        assertEquals(2, lns.tunnels().size());
    }

    @Test
    void aStopCcnWhoseAcknowledgementsAreLostEndsBothEndsCleanly() {
        Watch watch = up();
        Watch far = theOnly(lns);
        watch.act(() -> watch.tunnel().close(ResultCode.of(StopResult.CLEAR, ""), world.now()));
        world.runFor(7);
        assertEquals(TunnelState.LINGERING, far.tunnel().state());
        world.impair(Impairment.loss(100));
        world.runFor(14_000);
        world.impair(Impairment.NONE);
        assertEquals(TunnelState.CLOSING, watch.tunnel().state());
        world.runFor(2_000);
        assertEquals(TunnelState.LINGERING, watch.tunnel().state(), "the repeated StopCCN was acknowledged");
        world.runFor(31_000);
        assertTrue(watch.isFinished() && far.isFinished());
    }

    @Test
    void aThousandHalfOpenTunnelsEndByThemselvesWithoutAWord() {
        for (int i = 0; i < 1_000; i++) {
            lac.open(lns);
        }
        world.runFor(6);
        world.impair(Impairment.loss(100));
        lac.crash();
        world.runFor(300_000);
        assertEquals(1_000, lns.history().size());
        assertTrue(lns.history().stream().allMatch(w -> w.isFinished() && w.sentAt().size() == 1));
    }

    private Watch up() {
        Watch watch = lac.open(lns);
        world.runFor(1_000);
        assertEquals(TunnelState.ESTABLISHED, watch.tunnel().state());
        return watch;
    }

    private static Watch theOnly(Host host) {
        assertEquals(1, host.tunnels().size());
        return host.tunnels().iterator().next();
    }
}
