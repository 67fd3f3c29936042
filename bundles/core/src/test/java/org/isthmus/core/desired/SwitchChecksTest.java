package org.isthmus.core.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.DesiredState;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.junit.jupiter.api.Test;

/** What is wrong with switches, and what a change of one means. */
class SwitchChecksTest {

    private static Block lns(String name, String... words) {
        return new Block(Schema.SWITCH_LNS, name, Blocks.settings(Schema.SWITCH_LNS, words), List.of(), "f:2");
    }

    private static Block isp(Block... lnses) {
        return new Block(Schema.SWITCH, "isp", Settings.EMPTY, List.of(lnses), "f:1");
    }

    private static List<String> problems(Block... blocks) {
        return new DesiredStates().plan(new DesiredState("f", List.of(blocks), List.of())).problems().stream()
                .map(String::valueOf).toList();
    }

    private static void assertProblem(String expected, Block... blocks) {
        List<String> problems = problems(blocks);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains(expected), problems.toString());
    }

    @Test
    void aSwitchLeadsSomewhere() {
        assertProblem("there is no LNS to switch calls to", isp());
        assertEquals(List.of(), problems(isp(lns("a", "peer", "192.0.2.1"))));
    }

    @Test
    void anLnsHasAPeerANameAndItsProfile() {
        assertProblem("peer must be set", isp(lns("a")));
        assertProblem("has an lns of this name already", isp(lns("a", "peer", "192.0.2.1"), lns("a", "peer", "192.0.2.2")));
        assertProblem("there is no tunnel profile \"none\"", isp(lns("a", "peer", "192.0.2.1", "tunnel_profile", "none")));
    }

    @Test
    void aChallengeNeedsASecret() {
        Block profile = Blocks.tunnelProfile("p", "auth_mode", "challenge");
        assertProblem("needs a secret and there is none; set secret in tunnel profile \"p\"", profile,
                isp(lns("a", "peer", "192.0.2.1", "tunnel_profile", "p")));
    }

    @Test
    void itsTunnelsNamesAreTaken() {
        Block tunnel = Blocks.tunnel("isp-a");
        assertProblem("this is the name of the tunnel to lns \"a\" of switch \"isp\"", isp(lns("a", "peer", "192.0.2.1")),
                tunnel);
    }

    @Test
    void anotherLnsInsideIsAChange() {
        DesiredStates states = new DesiredStates();
        states.commit(states.plan(new DesiredState("f", List.of(isp(lns("a", "peer", "192.0.2.1"))), List.of())));
        Plan same = states.plan(new DesiredState("f", List.of(isp(lns("a", "peer", "192.0.2.1"))), List.of()));
        assertTrue(same.changes().isEmpty());
        Plan other = states.plan(new DesiredState("f", List.of(isp(lns("a", "peer", "192.0.2.2"))), List.of()));
        assertFalse(other.changes().isEmpty());
        assertEquals("switch \"isp\": changed", other.changes().get(0).line());
    }
}
