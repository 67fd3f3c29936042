package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.ppp.PppEnd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions whose PPP a plugin runs. */
class ProvidedPppTest {
    private static final String PROVIDED = "ppp profile \"default\" {\nppp_provider sim\n";
    private static final String LNS = Pair.LNS.replace("ppp profile \"default\" {\n", PROVIDED)
            .replace("host_name lns\n", "host_name lns\nppp_startup_rate_limit 7\nppp_startup_concurrency_limit 9\n");
    private static final String LAC = Pair.LAC + PROVIDED + "}\n";

    private final Pair pair = new Pair(1);
    private final SimPpp atLac = new SimPpp();
    private final SimPpp atLns = new SimPpp();

    @BeforeEach
    void provide() {
        pair.lac.engine().pppProviders().providers(List.of(atLac));
        pair.lns.engine().pppProviders().providers(List.of(atLns));
    }

    private void up() {
        pair.lns.apply(LNS);
        pair.lac.apply(LAC);
        pair.settle();
    }

    private static PppLinkStatus link(String user) {
        return new PppLinkStatus("network", user, "none", address("10.9.0.1"), address("10.9.0.2"), Optional.empty(),
                Optional.empty(), List.of(), 1400, 1400);
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException never) {
            throw new AssertionError(never);
        }
    }

    @Test
    void theLnsLendsAnAddressAndTheLacShowsItsPassword() {
        up();
        SimPpp.Run lns = atLns.latest();
        assertEquals(SimDataplane.PPP_SOCKET, lns.spec.socket());
        assertEquals("lns", lns.spec.ourName());
        assertTrue(lns.spec.demandsProof());
        assertEquals("10.9.0.1 10.9.0.2", lns.spec.local().get().getHostAddress() + " " + lns.spec.remote().get().getHostAddress());
        assertEquals(List.of("alice", "bob"), atLns.settings.users().stream().map(user -> user.user()).toList());
        assertEquals("7 9", atLns.settings.startsPerSecond() + " " + atLns.settings.startsAtOnce());

        SimPpp.Run lac = atLac.latest();
        assertFalse(lac.spec.demandsProof());
        assertEquals(Optional.empty(), lac.spec.remote());
        assertEquals("alice wonderland", lac.spec.login().get().user() + " " + lac.spec.login().get().password().reveal());
        assertFalse(lac.spec.toString().contains("wonderland"));
    }

    @Test
    void aSessionIsUpOnTheInterfaceThatTheProviderNames() {
        up();
        assertEquals(Optional.empty(), pair.lns.session(pair.lnsSession()).upSince());
        atLns.latest().port.up(link("alice"), "ppp7");
        SessionStatus session = pair.lns.session(pair.lnsSession());
        assertTrue(session.upSince().isPresent());
        assertEquals("ppp7 alice", session.interfaceName() + " " + session.ppp().get().userName());
        assertEquals(1, pair.lns.counter("ppp_established"));
        close();
    }

    @Test
    void whenItEndsTheCallEndsWithItsReasonAndTheAddressComesBack() {
        up();
        atLns.latest().port.up(link("alice"), "ppp7");
        String session = pair.lns.session(pair.lnsSession()).fullName();
        atLns.latest().port.ended(new PppEnd(true, 8, "echoes were not answered"));
        pair.settle();
        assertTrue(pair.lns.admin().session(session).isEmpty());
        assertTrue(pair.lac.session("office/alice").lastCause().message().contains("echo"),
                pair.lac.session("office/alice").lastCause().message());
        assertTrue(atLac.runs.get(0).told.contains("abandon"));
        assertEquals(0, pair.lns.pool().out());
    }

    @Test
    void anOperatorsOrderGoesToTheProviderFirst() throws Exception {
        up();
        pair.lac.admin().deleteSession("office/alice", "enough");
        assertEquals(List.of("close: enough"), atLac.latest().told);
        atLac.latest().port.ended(new PppEnd(false, 3, "ended as asked"));
        pair.settle();
        assertEquals(List.of("abandon"), atLns.latest().told);
    }

    @Test
    void onAnotherDataPathPppStartsAgainAndTheOldStartIsNotHeard() {
        up();
        SimPpp.Run first = atLns.latest();
        pair.lns.swapDataplane("next");
        pair.settle();
        assertEquals(List.of("abandon"), first.told);
        assertEquals(2, atLns.runs.size());
        first.port.ended(new PppEnd(false, 0, "too late"));
        atLns.latest().port.up(link("alice"), "ppp8");
        assertEquals("ppp8", pair.lns.session(pair.lnsSession()).interfaceName());
        close();
    }

    @Test
    void withoutTheProviderTheSessionEndsWithWords() {
        pair.lac.engine().pppProviders().providers(List.of());
        up();
        assertEquals("PPP: there is no ppp_provider \"sim\", which ppp profile \"default\" asks for: install the feature l2tp-sim,"
                + " or set ppp_provider internal", pair.lac.session("office/alice").lastCause().message());
    }

    private void close() {
        atLns.latest().port.ended(new PppEnd(false, 3, "the test is over"));
        pair.settle();
        pair.assertNothingLeft();
    }
}
