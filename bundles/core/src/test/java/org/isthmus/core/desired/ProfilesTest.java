package org.isthmus.core.desired;

import static org.isthmus.core.desired.Blocks.peer;
import static org.isthmus.core.desired.Blocks.pppProfile;
import static org.isthmus.core.desired.Blocks.sessionProfile;
import static org.isthmus.core.desired.Blocks.settings;
import static org.isthmus.core.desired.Blocks.system;
import static org.isthmus.core.desired.Blocks.tunnelProfile;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.api.config.TunnelParameters;
import org.junit.jupiter.api.Test;

class ProfilesTest {

    private static Profiles of(Block... blocks) {
        return new Profiles(List.of(blocks));
    }

    @Test
    void aTunnelTakesFromItselfThenItsProfileThenTheDefaultProfileThenTheSchema() {
        Profiles profiles = of(tunnelProfile("default", "hello_timeout", "10", "max_retries", "10", "mtu", "1000"),
                tunnelProfile("slow", "hello_timeout", "20", "max_retries", "20"));
        ResolvedTunnel tunnel = profiles.tunnel(settings(Schema.TUNNEL, "profile", "slow", "hello_timeout", "30"));
        assertEquals("slow", tunnel.profile());
        assertEquals(Duration.ofSeconds(30), tunnel.settings().get(TunnelParameters.HELLO_TIMEOUT));
        assertEquals(20, tunnel.settings().get(TunnelParameters.MAX_RETRIES));
        assertEquals(1000, tunnel.settings().get(TunnelParameters.MTU));
        assertEquals(Duration.ofSeconds(1), tunnel.settings().get(TunnelParameters.RETRY_TIMEOUT));
    }

    @Test
    void withoutAnyProfileTheSchemaHolds() {
        ResolvedTunnel tunnel = Profiles.NONE.tunnel(Settings.EMPTY);
        assertEquals("default", tunnel.profile());
        assertEquals(5, tunnel.settings().get(TunnelParameters.MAX_RETRIES));
        ResolvedSession session = Profiles.NONE.session(Settings.EMPTY, tunnel);
        assertEquals("default", session.profile());
        assertEquals("default", session.pppProfile());
        assertEquals(Optional.empty(), Profiles.NONE.tunnelOf(Optional.empty()).peer());
        assertEquals(1701, Profiles.NONE.system().get(SystemParameters.UDP_PORT));
    }

    @Test
    void aProfileThatDoesNotExistSetsNothing() {
        Profiles profiles = of(tunnelProfile("default", "mtu", "1000"));
        assertEquals(1000, profiles.tunnel(settings(Schema.TUNNEL, "profile", "gone")).settings()
                .get(TunnelParameters.MTU));
    }

    @Test
    void aPeersTunnelTakesFromThePeersTunnelProfile() {
        Block office = peer("office", "tunnel_profile", "strict");
        Profiles profiles = of(office, tunnelProfile("strict", "max_retries", "9"),
                tunnelProfile("default", "mtu", "1000"));
        ResolvedTunnel tunnel = profiles.tunnelOf(Optional.of(office));
        assertEquals("strict", tunnel.profile());
        assertEquals("office", tunnel.peerProfile());
        assertEquals(9, tunnel.settings().get(TunnelParameters.MAX_RETRIES));
        assertEquals(1000, tunnel.settings().get(TunnelParameters.MTU));
    }

    @Test
    void theSessionProfileIsNamedBySessionThenTunnelThenItsProfileThenPeerThenDefaults() {
        Block peer = peer("p", "session_profile", "by-peer", "tunnel_profile", "t");
        Block named = tunnelProfile("t", "session_profile", "by-tunnel-profile");
        Block silent = tunnelProfile("t");
        Block base = tunnelProfile("default", "session_profile", "by-default");
        Settings tunnel = settings(Schema.TUNNEL, "profile", "t", "session_profile", "by-tunnel");
        Settings bare = settings(Schema.TUNNEL, "profile", "t");

        assertEquals("own", sessionProfileName(of(named, base), settings(Schema.SESSION, "profile", "own"), tunnel));
        assertEquals("by-tunnel", sessionProfileName(of(named, base), Settings.EMPTY, tunnel));
        assertEquals("by-tunnel-profile", sessionProfileName(of(named, base), Settings.EMPTY, bare));
        assertEquals("by-default", sessionProfileName(of(silent, base), Settings.EMPTY, bare));
        assertEquals("default", sessionProfileName(of(silent), Settings.EMPTY, bare));

        Profiles both = of(named, base, peer);
        assertEquals("by-tunnel-profile", both.session(Settings.EMPTY, both.tunnelOf(Optional.of(peer))).profile());
        Profiles onlyPeer = of(silent, base, peer);
        assertEquals("by-peer", onlyPeer.session(Settings.EMPTY, onlyPeer.tunnelOf(Optional.of(peer))).profile());
    }

    private static String sessionProfileName(Profiles profiles, Settings session, Settings tunnel) {
        return profiles.session(session, profiles.tunnel(tunnel)).profile();
    }

    @Test
    void thePppProfileIsNamedBySessionThenItsProfileThenTunnelThenPeerThenDefaults() {
        Block peer = peer("p", "ppp_profile", "by-peer");
        Block s = sessionProfile("s", "ppp_profile", "by-session-profile");
        Block base = sessionProfile("default", "ppp_profile", "by-default");
        Settings inS = settings(Schema.SESSION, "profile", "s");
        Settings tunnel = settings(Schema.TUNNEL, "ppp_profile", "by-tunnel");

        assertEquals("own", pppProfileName(of(s, base), inS, tunnel, settings(Schema.SESSION, "ppp_profile", "own")));
        assertEquals("by-session-profile", pppProfileName(of(s, base), inS, tunnel, Settings.EMPTY));
        assertEquals("by-tunnel", pppProfileName(of(s, base), Settings.EMPTY, tunnel, Settings.EMPTY));
        assertEquals("by-default", pppProfileName(of(s, base), Settings.EMPTY, Settings.EMPTY, Settings.EMPTY));
        assertEquals("default", pppProfileName(of(s), Settings.EMPTY, Settings.EMPTY, Settings.EMPTY));
        Profiles withPeer = of(base, peer);
        assertEquals("by-peer", withPeer.session(Settings.EMPTY, withPeer.tunnelOf(Optional.of(peer))).pppProfile());
    }

    private static String pppProfileName(Profiles profiles, Settings session, Settings tunnel, Settings more) {
        return profiles.session(more.over(session), profiles.tunnel(tunnel)).pppProfile();
    }

    @Test
    void sessionAndPppValuesAreInherited() {
        Profiles profiles = of(sessionProfile("default", "offset", "4", "ppp_profile", "p"),
                sessionProfile("s", "use_length", "true"), pppProfile("default", "mru", "1400", "mtu", "1300"),
                pppProfile("p", "mru", "1450"));
        ResolvedSession session = profiles.session(settings(Schema.SESSION, "profile", "s", "offset", "8"),
                profiles.tunnel(Settings.EMPTY));
        assertEquals(8, session.settings().get(SessionParameters.OFFSET));
        assertEquals(true, session.settings().get(SessionParameters.USE_LENGTH));
        assertEquals(1450, session.ppp().get(PppParameters.MRU));
        assertEquals(1300, session.ppp().get(PppParameters.MTU));
    }

    @Test
    void theSystemBlockIsFound() {
        assertEquals(5, of(system("max_tunnels", "5")).system().get(SystemParameters.MAX_TUNNELS));
    }
}
