package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;

import org.isthmus.api.SessionState;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.config.PseudowireType;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.SccrqSummary;
import org.isthmus.protocol.wire.StopResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** L2TPv3 from the file at one end to the session at the other. */
class Version3Test {
    private static final int WORKERS = 3;
    private static final String LNS = """
            system {
                host_name lns
                listen_ip true
            }
            tunnel profile "default" {
                secret hush
                digest sha1
                auth_mode challenge
            }
            session profile "lan" {
                remote_end_id lan
                pseudowire_type ethernet
                cookie_length 4
            }
            peer profile "all" {
                peer_ipaddr 0.0.0.0/0 ::/0
                session_profiles lan
            }
            """;
    private static final String LAC = """
            system {
                host_name lac
            }
            tunnel "office" {
                version l2tpv3
                encap ENCAP
                peer 10.0.0.2
                secret hush
                digest sha1
                auth_mode challenge
                session "lan" {
                    remote_end_id lan
                    pseudowire_type ethernet
                }
            }
            """;

    @ParameterizedTest
    @EnumSource
    void aTunnelAndItsEthernetSessionComeUpOverUdpAndOverIp(Encapsulation encapsulation) {
        Pair pair = pair(LNS, LAC.replace("ENCAP", encapsulation.name().toLowerCase(Locale.ROOT)));
        TunnelStatus tunnel = pair.lac.tunnel("office");
        assertEquals(TunnelState.ESTABLISHED, tunnel.state(), pair.world::trace);
        assertEquals(3, tunnel.protocol().version());
        assertEquals(encapsulation, tunnel.protocol().encapsulation());
        assertTrue(tunnel.authenticated());
        SessionStatus session = pair.lac.session("office/lan");
        assertTrue(session.upSince().isPresent(), pair.world::trace);
        assertEquals(PseudowireType.ETHERNET, session.pseudowire().type());
        assertEquals(8, session.pseudowire().cookieBytes());
        assertEquals(4, session.pseudowire().peerCookieBytes());
        SessionStatus atLns = pair.lns.admin().sessions().get(0);
        assertTrue(atLns.upSince().isPresent(), pair.world::trace);
        // Its packets carry nothing but this: it must lead to the tunnel's worker.
        assertEquals(Integer.remainderUnsigned(atLns.tunnelId(), WORKERS),
                Integer.remainderUnsigned(atLns.sessionId(), WORKERS));
        pair.assertNothingLeft();
    }

    @Test
    void aCircuitThatGoesDownIsToldAndComesBack() {
        Pair pair = pair(LNS, LAC.replace("ENCAP", "udp"));
        SimDataplane.Session circuit = pair.lac.dataplane().session("office/lan").orElseThrow();
        SimDataplane.Session atLns = pair.lns.dataplane().all().get(0);
        circuit.circuit(true);
        pair.settle();
        assertFalse(atLns.isHeld());
        circuit.circuit(false);
        pair.settle();
        assertTrue(atLns.isHeld(), pair.world::trace);
        String fault = "down: circuit receive fault, circuit transmit fault";
        assertEquals(fault, pair.lac.session("office/lan").pseudowire().circuit());
        assertEquals(fault, pair.lns.admin().sessions().get(0).pseudowire().peerCircuit());
        assertEquals("up", pair.lns.admin().sessions().get(0).pseudowire().circuit());
        circuit.circuit(true);
        pair.settle();
        assertFalse(atLns.isHeld(), pair.world::trace);
        assertEquals("up", pair.lns.admin().sessions().get(0).pseudowire().peerCircuit());
        pair.assertNothingLeft();
    }

    @Test
    void aPeerThatHasOnlyVersion2IsSpokenToInThatAndTheStatusSaysSo() {
        Pair pair = pair(Pair.LNS + """
                tunnel profile "default" {
                    version l2tpv2
                }
                """, Pair.LAC.replace("peer 10.0.0.2", "peer 10.0.0.2\nversion auto"));
        TunnelStatus tunnel = pair.lac.tunnel("office");
        assertEquals(TunnelState.ESTABLISHED, tunnel.state(), pair.world::trace);
        assertEquals(2, tunnel.protocol().version());
        assertEquals("asked for L2TPv3, the peer has only L2TPv2", tunnel.protocol().remark());
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aPeerThatDropsRequestsForBothVersionsIsAskedAgainInVersion2() {
        Pair pair = new Pair(3931, WORKERS);
        pair.world.swallow(datagram -> SccrqSummary.of(ByteBuffer.wrap(datagram))
                .filter(request -> request.offers().contains(ProtocolVersion.V3)).isPresent());
        pair.lns.apply(Pair.LNS);
        pair.lac.apply(Pair.LAC.replace("peer 10.0.0.2", "peer 10.0.0.2\nversion auto"));
        pair.world.runSeconds(40);
        TunnelStatus tunnel = pair.lac.tunnel("office");
        assertEquals(TunnelState.ESTABLISHED, tunnel.state(), pair.world::trace);
        assertEquals(2, tunnel.protocol().version());
        assertEquals("asked for L2TPv3, the peer has only L2TPv2", tunnel.protocol().remark());
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(value = StopResult.class, names = {"GENERAL_ERROR", "VERSION_UNSUPPORTED", "NOT_AUTHORIZED"})
    void aPeerThatRefusesBothVersionsIsAskedAgainIfThatCanHelp(StopResult result) {
        Pair pair = new Pair(3931, WORKERS);
        Stranger stranger = new Stranger(pair.world, "10.0.0.9", 1701);
        pair.lac.apply(Pair.LAC.replace("peer 10.0.0.2", "peer 10.0.0.9\nversion auto"));
        pair.world.runFor(100);
        byte[] both = stranger.received().get(0);
        assertTrue(SccrqSummary.of(ByteBuffer.wrap(both)).orElseThrow().offers().contains(ProtocolVersion.V3));
        Tunnel.refuse(ByteBuffer.wrap(both), ResultCode.of(result, ""),
                TunnelConfig.builder().localTunnelId(7).hostName("old").build(), pair.world.random(),
                stranger::answer);
        pair.world.runFor(500);
        boolean again = result != StopResult.NOT_AUTHORIZED;
        assertEquals(again, stranger.received().stream().anyMatch(datagram -> SccrqSummary.of(ByteBuffer.wrap(datagram))
                .filter(request -> request.offers().equals(Set.of(ProtocolVersion.V2))).isPresent()), pair.world::trace);
    }

    @Test
    void aCallForACircuitThatNoSessionProfileHasIsRefused() {
        Pair pair = pair(LNS, LAC.replace("ENCAP", "udp").replace("remote_end_id lan", "remote_end_id wan"));
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("office").state(), pair.world::trace);
        assertEquals(SessionState.DOWN, pair.lac.session("office/lan").state(), pair.world::trace);
        assertEquals(1, pair.lns.counter("sessions_refused"));
        pair.assertNothingLeft();
    }

    @Test
    void aPeerWithAnotherSecretDoesNotComeUp() {
        Pair pair = pair(LNS, LAC.replace("ENCAP", "udp").replace("secret hush", "secret rush"));
        assertTrue(pair.lac.tunnel("office").upSince().isEmpty(), pair.world::trace);
        assertEquals(0, pair.lns.counter("tunnels_established"));
        pair.assertNothingLeft();
    }

    @Test
    void aStaticTunnelIsUpAtOnceWhoeverIsAtTheOtherEnd() {
        Pair pair = pair(LNS, """
                tunnel "fixed" {
                    static true
                    encap ip
                    peer 10.0.0.9
                    tunnel_id 70000
                    peer_tunnel_id 80000
                    session "one" {
                        session_id 4000000001
                        peer_session_id 2
                        pseudowire_type vlan
                        vlan_id 42
                        cookie 01020304
                    }
                    session "two" {
                        session_id 4000000002
                        peer_session_id 3
                    }
                }
                """);
        assertEquals(TunnelState.ESTABLISHED, pair.lac.tunnel("fixed").state());
        assertTrue(pair.lac.tunnel("fixed").protocol().isStatic());
        SessionStatus one = pair.lac.session("fixed/one");
        assertEquals(SessionState.ESTABLISHED, one.state());
        assertEquals(4_000_000_001L, Integer.toUnsignedLong(one.sessionId()));
        assertEquals("fixed/one", pair.lac.session("4000000001").fullName(), "by its id");
        assertEquals(42, one.pseudowire().vlanId());
        assertEquals(4, one.pseudowire().cookieBytes());
        assertEquals(SessionState.ESTABLISHED, pair.lac.session("fixed/two").state());
        pair.assertNothingLeft();
    }

    private static Pair pair(String lns, String lac) {
        Pair pair = new Pair(3931, WORKERS);
        pair.lns.apply(lns);
        pair.lac.apply(lac);
        return pair.settle();
    }

    @Test
    void aPeersTunnelThatIsUpKeepsItsVersionWhateverItsProfileSaysNow() {
        Pair pair = new Pair(11);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply("tunnel profile \"default\" {\nversion l2tpv3\n}\n" + Pair.LAC);
        pair.settle();
        int id = pair.lac.tunnel("office").tunnelId();

        pair.lns.apply("tunnel profile \"default\" {\nversion l2tpv2\n}\n" + Pair.LNS);
        pair.settle();
        assertEquals(id, pair.lac.tunnel("office").tunnelId());
        assertEquals(3, pair.lac.tunnel("office").protocol().version());
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aTunnelOfOursWhoseProfileSaysAnotherVersionIsMadeAnew() {
        Pair pair = new Pair(12);
        pair.lns.apply(Pair.LNS);
        pair.lac.apply("tunnel profile \"default\" {\nversion l2tpv3\n}\n" + Pair.LAC);
        pair.settle();
        pair.lac.apply(Pair.LAC);
        pair.settle();
        assertEquals(2, pair.lac.tunnel("office").protocol().version());
        pair.assertPackets();
        pair.assertNothingLeft();
    }
}
