package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.isthmus.api.L2tpListener;
import org.isthmus.api.PluginStatus;
import org.isthmus.api.SessionState;
import org.isthmus.api.TunnelState;
import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.auth.Authenticator;
import org.isthmus.core.simulator.SimDataplane.Fault;
import org.isthmus.core.simulator.SimDataplane.Point;
import org.isthmus.core.plugin.CallRecord;
import org.isthmus.core.plugin.Owner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins that come, go, fail or say nothing: no tunnel is lost for them. */
class PluginTest {
    private static final String PERSISTENT = Pair.LAC.replace("peer ", "persist yes\npeer ");

    private record Judge(Function<AuthRequest, CompletionStage<AuthVerdict>> judgement) implements Authenticator {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public CompletionStage<AuthVerdict> judge(AuthRequest request) {
            return judgement.apply(request);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 50})
    void whenAnotherDataPlaneTakesOverTunnelsAndSessionsStayAndPacketsPassAgain(long latency) {
        Pair pair = new Pair(1).up();
        pair.assertPackets();
        SimDataplane old = pair.lns.dataplane();
        int nextNumber = old.all().get(0).nextNumber();
        SimDataplane next = pair.lns.swapDataplane("next");
        next.latency(latency);
        pair.settle();
        assertTrue(nextNumber > 0);
        assertEquals(nextNumber, next.all().get(0).spec().sequencing().first(), "the peer sees no new start");
        assertEquals(0, old.openTunnels());
        assertEquals(0, old.openSessions());
        assertEquals("next", pair.lns.admin().system().dataplane());
        pair.assertPackets();
        assertEquals(1, pair.lns.counter("tunnels_created"));
        assertEquals(1, pair.lns.counter("sessions_created"));
        assertTrue(pair.lns.session(pair.lnsSession()).data().rxPackets() > 3, "it goes on counting");
        pair.assertNothingLeft();
    }

    @Test
    void aDataPathIsToldTheTimeWhenItWantsToBe() {
        Pair pair = new Pair(3).up();
        SimDataplane.Session here = pair.lac.dataplane().session("office/alice").orElseThrow();
        SimDataplane.Session there = pair.lns.dataplane().session(pair.lnsSession()).orElseThrow();
        pair.lns.dataplane().hold(200);
        here.sendPacket("first");
        pair.world.runFor(100);
        here.sendPacket("second");
        pair.world.runFor(80);
        assertEquals(List.of(), there.received());
        pair.world.runFor(70);
        assertEquals(List.of("first"), there.received());
        pair.world.runFor(100);
        assertEquals(List.of("first", "second"), there.received());

        here.sendPacket("lost with its path");
        pair.world.runFor(50);
        pair.lns.swapDataplane("next");
        pair.settle();
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void dataPlanesThatChangeFasterThanTheyAnswerLeaveNothingBehind() {
        Pair pair = new Pair(2).up();
        SimDataplane first = pair.lns.dataplane();
        first.latency(100);
        SimDataplane second = pair.lns.swapDataplane("second");
        second.latency(100);
        pair.world.runFor(50);
        pair.lns.engine().dataplanes(List.of(first));
        pair.world.runFor(20);
        pair.lns.engine().dataplanes(List.of());
        pair.lns.engine().dataplanes(List.of(first));
        pair.world.runFor(10);
        pair.lns.engine().dataplanes(List.of(second));
        pair.settle();
        assertEquals(0, first.openTunnels());
        assertEquals(1, second.openTunnels());
        assertEquals(1, second.openSessions());
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void withoutADataPlaneSessionsWaitAndNewCallsAreRefused() {
        Pair pair = new Pair(3);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(PERSISTENT);
        pair.settle();
        pair.lns.removeDataplane();
        pair.world.runSeconds(20);
        assertEquals(SessionState.ESTABLISHED, pair.lac.session("alice").state());
        pair.lac.apply(PERSISTENT.replace("session \"alice\"",
                "session \"bob\" {\nuser_name bob\nuser_password builder\n}\nsession \"alice\""));
        pair.settle();
        assertEquals(4, pair.lac.session("bob").lastCause().resultCode());
        assertEquals(1, pair.lns.counter("sessions_refused"));

        pair.lns.swapDataplane("again");
        pair.settle();
        pair.assertPackets("office/alice", pair.lnsSession());
        pair.world.runSeconds(60);
        assertEquals(2, pair.lns.admin().sessions().size(), "the refused one is tried again, since the tunnel persists");
        pair.assertNothingLeft();
    }

    @Test
    void aTunnelThatComesUpWithoutADataPlaneServesSessionsWhenOneComes() {
        Pair pair = new Pair(4);
        pair.lac.removeDataplane();
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(PERSISTENT);
        pair.settle();
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        pair.lac.swapDataplane("late");
        pair.settle();
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aDataPlaneThatFailsForTheTunnelTakesNoTunnelWithItAndIsTriedAgain(Fault fault) {
        Pair pair = new Pair(5);
        pair.lns.dataplane().fault(Point.OPEN_TUNNEL, fault);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(PERSISTENT);
        pair.settle();
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state(), pair.world::trace);
        assertTrue(pair.lac.session("alice").upSince().isEmpty());
        pair.lns.dataplane().heal();
        pair.world.runSeconds(100);
        pair.assertPackets();
        assertEquals(1, pair.lns.counter("tunnels_created"));
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aDataPlaneThatFailsForASessionEndsThatSessionOnly(Fault fault) {
        Pair pair = new Pair(6);
        pair.lns.dataplane().fault(Point.OPEN_SESSION, fault);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(PERSISTENT);
        pair.world.runSeconds(40);
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        assertEquals(SessionState.RETRY, pair.lac.session("alice").state(), pair.world::trace);
        pair.lns.dataplane().heal();
        pair.world.runSeconds(65);
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"REFUSES", "THROWS"})
    void aSystemThatRefusesTheAddressesEndsThatSessionOnly(Fault fault) {
        Pair pair = new Pair(7);
        pair.lns.dataplane().fault(Point.NETWORK_UP, fault);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(PERSISTENT);
        pair.settle();
        assertEquals(SessionState.RETRY, pair.lac.session("alice").state(), pair.world::trace);
        assertTrue(pair.lac.session("alice").lastCause().message().contains("refuses its addresses"),
                pair.lac.session("alice").lastCause().message());
        pair.lns.dataplane().heal();
        pair.world.runSeconds(65);
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(value = Point.class, names = {"SEND", "RECEIVE", "COUNTERS", "CLOSE", "CONFIGURE"})
    void whateverADataPlaneThrowsIsCountedAndTheTunnelStays(Point point) {
        Pair pair = new Pair(8);
        pair.lns.dataplane().fault(point, Fault.THROWS);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(PERSISTENT);
        pair.world.runSeconds(40);
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state());
        assertEquals(1, pair.lns.admin().tunnels().size());
        if (point == Point.CLOSE) {
            pair.lns.engine().dataplanes(List.of());
        }
        assertTrue(pair.lns.counter("plugin_failures") > 0);
        pair.lns.swapDataplane("mended");
        pair.world.runSeconds(100);
        pair.assertPackets();
        assertEquals(1, pair.lns.counter("tunnels_created"));
        pair.assertNothingLeft();
    }

    @Test
    void aDataPlaneWhosePathsThrowAgainAndAgainIsSetAsideAndTunnelsMoveToAnotherOne() {
        Pair pair = new Pair(15);
        SimDataplane broken = pair.lns.dataplane();
        SimDataplane other = new SimDataplane(pair.world, "other");
        pair.lns.plugins().book().add(broken, "data plane", "vendor", new Owner("com.example.asic", "1.2.0"), CallRecord.WORKER_LIMIT);
        broken.fault(Point.OPEN_SESSION, Fault.THROWS);
        pair.lns.engine().dataplanes(List.of(broken, other));
        pair.lns.apply(Pair.LNS);
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < CallRecord.MOST_IN_A_ROW - 1; i++) {
            more.append("session \"s").append(i).append("\" {\nuser_name bob\nuser_password builder\n}\n");
        }
        pair.lac.apply(PERSISTENT.replace("session \"alice\"", more + "session \"alice\""));
        pair.world.runSeconds(90);
        assertEquals(CallRecord.MOST_IN_A_ROW, other.openSessions(), pair.world::trace);
        assertEquals(0, broken.openTunnels());
        PluginStatus status = pair.lns.admin().plugins().get(0);
        assertEquals(CallRecord.MOST_IN_A_ROW, status.failures());
        assertEquals("broken by the test at OPEN_SESSION", status.lastFailure());
        assertEquals(CallRecord.MOST_IN_A_ROW, pair.lns.counter("plugin_failures"), "each is counted once");
        assertEquals(1, pair.lns.counter("tunnels_created"));
        pair.assertNothingLeft();
    }

    @Test
    void aDataPlaneThatIsSetAsideKeepsItsTunnelsWhereThereIsNoOtherOne() {
        Pair pair = new Pair(16).up();
        SimDataplane only = pair.lns.dataplane();
        pair.lns.plugins().book().add(only, "data plane", "vendor", new Owner("com.example.asic", "1.2.0"), CallRecord.WORKER_LIMIT);
        for (int i = 0; i < CallRecord.MOST_IN_A_ROW; i++) {
            pair.lns.plugins().book().of(only).failed(new IllegalStateException("broken"));
        }
        pair.lns.engine().dataplanes(List.of(only));
        pair.settle();
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aJudgeThatThrowsOrFailsIsPassedOver() {
        Pair pair = new Pair(9);
        pair.lns.plugins().authenticators(List.of(
                new Judge(request -> {
                    throw new IllegalStateException("broken");
                }),
                new Judge(request -> CompletableFuture.failedFuture(new IllegalStateException("later broken"))),
                new Judge(request -> null),
                pair.lns.users()));
        pair.up();
        pair.assertPackets();
        assertEquals(3, pair.lns.counter("plugin_failures"));
        pair.assertNothingLeft();
    }

    @Test
    void aJudgeThatNeverAnswersIsPassedOverAndHoldsUpNoOther() {
        Pair pair = new Pair(10);
        pair.lns.plugins().authenticators(List.of(new Judge(request -> request.user().equals("bob")
                ? new CompletableFuture<>() : CompletableFuture.completedFuture(new AuthVerdict.Unknown())),
                pair.lns.users()));
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(PERSISTENT.replace("session \"alice\"",
                "session \"bob\" {\nuser_name bob\nuser_password builder\n}\nsession \"alice\""));
        pair.settle();
        Instant alice = pair.lac.session("alice").created();
        assertTrue(pair.lac.session("alice").upSince().isPresent());
        assertTrue(pair.lac.session("bob").upSince().isEmpty());
        pair.world.runSeconds(120);
        assertTrue(pair.lac.session("bob").upSince().isPresent(), "the next one was asked");
        assertEquals(1, pair.lns.counter("plugin_failures"));
        assertEquals(pair.lac.session("alice").created(), alice, "nobody else had to wait");
        pair.assertNothingLeft();
    }

    @Test
    void aJudgeThatFailsAgainAndAgainIsSetAsideAndTriedLater() {
        Pair pair = new Pair(13);
        boolean[] mended = {false};
        int[] asked = {0};
        Judge vendor = new Judge(request -> {
            asked[0]++;
            if (mended[0]) {
                return CompletableFuture.completedFuture(new AuthVerdict.Unknown());
            }
            throw new IllegalStateException("broken");
        });
        pair.lns.plugins().book().add(vendor, "authenticator", "vendor", new Owner("com.example.judge", "1.2.0"),
                CallRecord.LIMIT);
        pair.lns.plugins().authenticators(List.of(vendor, pair.lns.users()));
        pair.lns.apply(Pair.LNS);
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            more.append("session \"s").append(i).append("\" {\nuser_name bob\nuser_password builder\n}\n");
        }
        pair.lac.apply(Pair.LAC.replace("session \"alice\"", more + "session \"alice\""));
        pair.settle();
        assertEquals(11, pair.lac.admin().sessions().stream().filter(session -> session.upSince().isPresent()).count(), "all are up");
        assertEquals(CallRecord.MOST_IN_A_ROW, asked[0], "then it was not asked any more");
        PluginStatus status = pair.lns.admin().plugins().stream().filter(plugin -> plugin.name().equals("vendor")).findFirst().orElseThrow();
        assertTrue(status.setAside().isPresent(), status.toString());
        assertEquals("com.example.judge", status.bundle());
        assertEquals("broken", status.lastFailure());

        mended[0] = true;
        pair.world.runSeconds(31);
        pair.lac.apply(Pair.LAC.replace("session \"alice\"", "session \"late\" {\nuser_name bob\nuser_password builder\n}\nsession \"alice\""));
        pair.settle();
        assertEquals(CallRecord.MOST_IN_A_ROW + 1, asked[0]);
        pair.assertNothingLeft();
    }

    @Test
    void aLateJudgementIsStillTaken() {
        Pair pair = new Pair(11);
        CompletableFuture<AuthVerdict> late = new CompletableFuture<>();
        pair.lns.plugins().authenticators(List.of(new Judge(request -> late)));
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(Pair.LAC.replace("session \"alice\" {", "session \"alice\" {\nppp_profile pap")
                + "ppp profile \"pap\" {\nauth_mschapv2 no\nauth_chap no\n}");
        pair.world.runSeconds(2);
        late.complete(new AuthVerdict.Accept("", "", new AuthVerdict.Grant(Optional.empty(), Optional.empty(), List.of(),
                Optional.of(java.time.Duration.ofSeconds(30)), Optional.empty())));
        pair.settle();
        pair.assertPackets();
        pair.world.runSeconds(40);
        assertEquals(0, pair.lns.admin().sessions().size(), "the judge allowed 30 s");
        pair.assertNothingLeft();
    }

    @Test
    void aListenerThatThrowsDoesNotKeepOthersFromBeingTold() {
        Pair pair = new Pair(12);
        L2tpListener broken = event -> {
            throw new IllegalStateException("broken");
        };
        pair.lns.dispatcher().add(broken, pair.lns.plugins().book().of(broken));
        pair.up();
        pair.assertPackets();
        assertEquals(5, pair.lns.events().lines().size());
        assertEquals(5, pair.lns.counter("plugin_failures"));
        pair.assertNothingLeft();
    }
}
