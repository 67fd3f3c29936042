package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.api.Origin;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two appliances that call each other for one circuit (RFC 3931 sections 5.4.3 and 5.4.4). */
class CircuitTieTest {
    private static final String END = """
            system {
                host_name NAME
            }
            tunnel profile "default" {
                version l2tpv3
            }
            session profile "lan" {
                remote_end_id lan
                pseudowire_type ethernet
            }
            peer profile "all" {
                peer_ipaddr 0.0.0.0/0
                session_profiles lan
            }
            tunnel "out" {
                peer PEER
                persist yes
                TUNNEL
                session "lan" {
                    remote_end_id lan
                    pseudowire_type ethernet
                    SESSION
                }
            }
            """;

    private static Pair pair(long seed, String tunnel, String lnsSession, String lacSession) {
        Pair pair = new Pair(seed, 2);
        String both = END.replace("TUNNEL", tunnel);
        pair.lns.apply(both.replace("NAME", "lns").replace("PEER", "10.0.0.1").replace("SESSION", lnsSession));
        pair.lac.apply(both.replace("NAME", "lac").replace("PEER", "10.0.0.2").replace("SESSION", lacSession));
        return pair.settle();
    }

    private static List<SessionStatus> up(Appliance appliance) {
        return appliance.admin().sessions().stream().filter(s -> s.upSince().isPresent()).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void ofTwoCallsInTwoTunnelsOneBecomesTheSession(long seed) {
        Pair pair = pair(seed, "", "", "");
        assertEquals(2, pair.lac.admin().tunnels().stream().filter(t -> t.state() == TunnelState.ESTABLISHED).count(),
                pair.world::trace);
        assertEquals(1, up(pair.lac).size(), pair.world::trace);
        assertEquals(1, up(pair.lns).size(), pair.world::trace);
        assertEquals(up(pair.lac).get(0).sessionId(), up(pair.lns).get(0).peerSessionId());
        pair.world.runSeconds(300); // the loser calls again, and is told that there is a session
        assertEquals(1, up(pair.lac).size(), pair.world::trace);
        assertEquals(1, up(pair.lns).size(), pair.world::trace);
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoSendsATieBreakerWins(boolean lac) {
        String off = "use_tiebreaker no";
        Pair pair = pair(9, "", lac ? off : "", lac ? "" : off);
        assertEquals(lac ? Origin.LOCAL : Origin.REMOTE, up(pair.lac).get(0).origin(), pair.world::trace);
        assertEquals(lac ? Origin.REMOTE : Origin.LOCAL, up(pair.lns).get(0).origin(), pair.world::trace);
        pair.assertNothingLeft();
    }

    @Test
    void withoutTieBreakersNoneOfTwoCallsAtOnceBecomesASession() {
        Pair pair = pair(10, "", "use_tiebreaker no", "use_tiebreaker no");
        assertEquals(0, up(pair.lac).size(), pair.world::trace);
        assertEquals(0, up(pair.lns).size(), pair.world::trace);
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void ofTwoTunnelsOneStaysAndTheOtherIsRefused(long seed) {
        Pair pair = pair(seed, "use_tiebreaker yes", "", "");
        assertEquals(1, up(pair.lac).size(), pair.world::trace);
        assertEquals(1, up(pair.lns).size(), pair.world::trace);
        assertEquals(1, pair.lac.admin().tunnels().stream().filter(t -> t.state() == TunnelState.ESTABLISHED).count(),
                pair.world::trace);
        Appliance winner = pair.lac.tunnel("out").state() == TunnelState.ESTABLISHED ? pair.lac : pair.lns;
        assertTrue(winner.counter("sccrq_lost_tie") > 0, pair.world::trace);
        pair.assertNothingLeft();
    }
}
