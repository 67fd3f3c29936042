package org.isthmus.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.isthmus.api.config.ApplyReport.Problem;
import org.junit.jupiter.api.Test;

class RulesTest {

    private static String problem(String... lines) {
        List<Problem> problems = ConfigParserTest.parse(lines).problems();
        assertEquals(1, problems.size(), problems::toString);
        return problems.get(0).toString();
    }

    private static void fine(String... lines) {
        assertEquals(List.of(), ConfigParserTest.parse(lines).problems());
    }

    @Test
    void noAddressStandsInTwoRanges() {
        assertTrue(problem("ippool \"a\" { range 10.0.0.0/24, 10.0.0.7 }").contains("overlaps"));
        assertTrue(problem("ippool \"a\" { range 10.0.0.0/16 }", "ippool \"c\" { range 10.0.0.1-10.0.0.2 }",
                "ippool \"b\" { range 10.2.0.0/24 }").startsWith("l2tpd.conf:2: ippool \"c\": range 10.0.0.1-10.0.0.2"
                + " overlaps 10.0.0.1-10.0.255.254 of ippool \"a\" (l2tpd.conf:1)"));
        fine("ippool \"a\" { range 10.0.0.1-10.0.0.2, 10.0.0.3 }");
    }

    @Test
    void whatIsReservedIsOfThePool() {
        assertTrue(problem("ippool \"a\" {", "range 10.0.0.0/24", "reserve 10.1.0.1", "}").contains("in none of its ranges"));
        fine("ippool \"a\" {", "range 10.0.0.0/24", "reserve 10.0.0.0/28", "}");
    }

    @Test
    void aChallengeNeedsASecretFromSomewhere() {
        assertTrue(problem("tunnel \"t\" {", "peer 10.0.0.1", "auth_mode challenge", "}").contains("but no secret"));
        assertTrue(problem("tunnel profile \"p\" { hide_avps true }", "peer profile \"q\" { tunnel_profile \"p\" }")
                .contains("peer profile \"q\" has hide_avps true but no secret"));
        fine("tunnel \"t\" {", "peer 10.0.0.1", "auth_mode challenge", "}", "tunnel profile \"default\" { secret x }");
        fine("tunnel \"t\" {", "peer 10.0.0.1", "profile \"p\"", "secret y", "}",
                "tunnel profile \"p\" { auth_mode challenge }");
    }

    @Test
    void aPeerThatMustAuthenticateHasAWayTo() {
        assertTrue(problem("ppp profile \"p\" {", "auth_peer true", "}", "ppp profile \"default\" {", "auth_pap false",
                "auth_chap false", "auth_mschapv2 false", "}").contains("every method is off"));
    }
}
