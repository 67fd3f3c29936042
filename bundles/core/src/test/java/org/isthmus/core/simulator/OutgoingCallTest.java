package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import org.isthmus.api.L2tpEvent;
import org.isthmus.api.SessionState;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.config.SessionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An LNS asks its LAC to place a call; and what both ends tell each other about lines. */
class OutgoingCallTest {
    private static final String LNS = Pair.LNS + """
            tunnel "branch" {
                peer 10.0.0.1
                session "dial" {
                    session_type lnoc
                    called_number 0456
                    framing_type async
                    maximum_bps 64000
                }
            }
            """;
    private static final String LAC = """
            system {
                host_name lac
            }
            peer profile "all" {
                peer_ipaddr 0.0.0.0/0 ::/0
            }
            tunnel profile "default" {
                take_outgoing_calls yes
            }
            session profile "default" {
                user_name alice
                user_password wonderland
                connect_speed 64000
            }
            """;

    private final Pair pair = new Pair(31);

    private void apply(String lac, String lns) {
        pair.lac.apply(lac);
        pair.lns.apply(lns);
        pair.settle();
    }

    @Test
    void theLacConnectsItAtOnceAndIsTheUserOfItsPpp() {
        apply(LAC, LNS);
        SessionStatus there = pair.lns.session("branch/dial");
        assertEquals(SessionState.ESTABLISHED, there.state(), pair.world::trace);
        assertTrue(there.upSince().isPresent(), pair.world::trace);
        assertEquals(SessionType.LNOC, there.type());
        assertEquals(64_000, there.txSpeed());
        assertEquals("alice", there.ppp().orElseThrow().userName());
        SessionStatus here = pair.lac.admin().sessions().get(0);
        assertEquals(SessionType.LAOC, here.type());
        assertEquals("0456", here.calledNumber());
        pair.assertPackets(here.fullName(), "branch/dial");
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "take_outgoing_calls yes | take_outgoing_calls no     | this end places no calls for its peer",
        "connect_speed 64000     | connect_speed 64001        | is not between the 0 and 64000 bit/s asked for",
    })
    void aLacThatWillNotSaysWhy(String from, String to, String words) {
        apply(LAC.replace(from.strip(), to.strip()), LNS);
        SessionStatus refused = pair.lns.session("branch/dial");
        assertFalse(refused.upSince().isPresent());
        assertTrue(refused.lastCause().message().contains(words.strip()), refused.lastCause().message());
        assertTrue(refused.lastCause().byPeer());
        pair.assertNothingLeft();
    }

    @Test
    void anAsynchronousLineIsToldWhatToEscape() {
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(Pair.LAC.replace("user_name alice", "user_name alice\nframing_type async"));
        pair.settle();
        assertTrue(pair.isUp());
        assertEquals("0xffffffff sending, 0xffffffff receiving", pair.lac.session("office/alice").line().accm());
        assertTrue(pair.lac.events().lines().contains("session " + L2tpEvent.Kind.LINE));
        pair.assertNothingLeft();
    }

    @Test
    void theLnsLearnsTheLineAndItsSpeeds() {
        String line = "user_name alice\nagent_circuit_id dslam-1\nline_rate_down 50000000\nspeed_updates yes\n";
        pair.lns.apply(Pair.LNS + "tunnel profile \"default\" {\nsession_dscp 46\ncontrol_dscp 48\n}");
        pair.lac.apply(Pair.LAC.replace("user_name alice", line + "connect_speed 50000000")
                .replace("peer 10.0.0.2", "peer 10.0.0.2\nsession_dscp 10\ncontrol_dscp 12"));
        pair.settle();
        SessionStatus there = pair.lns.session(pair.lnsSession());
        assertEquals("Agent-Circuit-Id dslam-1, Actual-Data-Rate-Downstream 50000000", there.line().accessLine());
        assertEquals(50_000_000, there.txSpeed());
        assertEquals(Optional.of(46), there.line().dscp());
        assertEquals(Optional.of(46), pair.lac.session("office/alice").line().dscp());
        assertEquals(48, pair.lac.tunnel("office").counters().get("control_dscp"));

        pair.lac.apply(Pair.LAC.replace("user_name alice", line + "connect_speed 20000000")
                .replace("peer 10.0.0.2", "peer 10.0.0.2\nsession_dscp 10\ncontrol_dscp 12"));
        pair.settle();
        assertEquals(20_000_000, pair.lns.session(pair.lnsSession()).txSpeed());
        assertTrue(pair.isUp(), "it stayed up");
        pair.assertNothingLeft();
    }

    @Test
    void aCallWhosePppFailsSaysWhyInTheTermsOfPpp() {
        apply(LAC.replace("wonderland", "nonsense"), LNS);
        String trace = pair.world.trace();
        assertTrue(trace.contains("authentication failed: bad name, password or secret"), trace);
        pair.assertNothingLeft();
    }
}
