package org.isthmus.core.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.core.simulator.Conf;
import org.junit.jupiter.api.Test;

/** What versions, static tunnels and pseudowires demand, in the words that an operator reads. */
class VersionChecksTest {

    private static List<String> problems(String tunnel, String session) {
        String file = "tunnel \"t\" {\npeer 192.0.2.1\n" + tunnel + "\n"
                + (session.isEmpty() ? "" : "session \"s\" {\n" + session + "\n}\n") + "}\n";
        return new DesiredStates().plan(Conf.file(file)).problems().stream().map(Problem::message).toList();
    }

    @Test
    void aStaticTunnelNeedsBothIdsOnBothLevels() {
        assertEquals(List.of(
                "tunnel \"t\": a static tunnel needs tunnel_id: a number from 1 to 4294967295",
                "tunnel \"t\": a static tunnel needs peer_tunnel_id: a number from 1 to 4294967295",
                "tunnel \"t\" session \"s\": a session of a static tunnel needs session_id: a number from 1 to 4294967295",
                "tunnel \"t\" session \"s\": a session of a static tunnel needs peer_session_id: a number from 1 to"
                        + " 4294967295"), problems("static true", "pseudowire_type ethernet"));
        assertEquals(List.of(), problems("static true\ntunnel_id 4000000000\npeer_tunnel_id 2",
                "session_id 4000000001\npeer_session_id 3\npseudowire_type vlan\nvlan_id 7\ncookie 01020304"));
    }

    @Test
    void versionTwoHasUdpAndPppAndSmallIdsOnly() {
        assertEquals(1, problems("encap ip", "").size());
        assertEquals(1, problems("version auto\nencap ip", "").size());
        assertEquals(List.of(), problems("version l2tpv3\nencap ip", ""));
        assertEquals(List.of("tunnel \"t\" session \"s\": pseudowire_type ethernet needs L2TPv3, and the tunnel speaks l2tpv2;"
                + " set version l2tpv3 in the tunnel"), problems("", "pseudowire_type ethernet"));
        assertEquals(List.of("tunnel \"t\": tunnel_id 65536 needs version l2tpv3; L2TPv2 has ids up to 65535"),
                problems("tunnel_id 65536", ""));
    }

    @Test
    void aVlanNeedsItsIdAndPppNoBridge() {
        assertEquals(List.of("tunnel \"t\" session \"s\": pseudowire_type vlan needs vlan_id: a number from 1 to 4094"),
                problems("version l2tpv3", "pseudowire_type vlan"));
        assertEquals(1, problems("version l2tpv3", "pseudowire_type ethernet\nvlan_id 7").size());
        assertEquals(1, problems("version l2tpv3", "bridge br0").size());
        assertEquals(1, problems("version l2tpv3", "data_sequencing all\nl2spec_type none").size());
        assertEquals(1, problems("version l2tpv3", "cookie 01020304").size());
    }
}
