package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.isthmus.api.config.AuthMode;
import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.config.TunnelParameters.Bearer;
import org.isthmus.api.config.TunnelParameters.Framing;
import org.isthmus.core.net.PortOptions;
import org.isthmus.core.simulator.Appliance;
import org.isthmus.core.simulator.World;
import org.isthmus.ppp.AuthConfig;
import org.isthmus.ppp.PppConfig;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.protocol.tunnel.Role;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.junit.jupiter.api.Test;

/** From an operator's settings to what the protocols are told. */
class ConfigMappingTest {

    private static PppConfig ppp(Settings settings, boolean placedHere) {
        return PppConfigs.of(settings, placedHere, "box", AuthConfig.Credentials.NONE);
    }

    private static TunnelConfig tunnel(Settings settings) {
        Engine engine = new Appliance(new World(1), "box", 1, "10.0.0.1").engine();
        return TunnelConfigs.of(engine, settings, 7, Role.LAC_AND_LNS, OptionalLong.empty());
    }

    @Test
    void callsThatWeReceiveAreAskedWhoTheyAreAndGivenAnAddressThoseThatWePlaceAreNot() {
        assertEquals(List.of(AuthenticationProtocol.MSCHAP_V2, AuthenticationProtocol.CHAP_MD5,
                AuthenticationProtocol.PAP), ppp(Settings.EMPTY, false).auth().demanded());
        assertTrue(ppp(Settings.EMPTY, false).addressesOnDemand());
        assertEquals(List.of(), ppp(Settings.EMPTY, true).auth().demanded());
        assertFalse(ppp(Settings.EMPTY, true).addressesOnDemand());
    }

    @Test
    void aPoolAloneMakesNoServerOfACallThatWePlace() {
        Settings pool = Settings.builder().set(PppParameters.IP_POOL, "users").build();
        assertFalse(ppp(pool, true).addressesOnDemand());
        Settings server = Settings.builder().set(PppParameters.IP_POOL, "users").set(PppParameters.AUTH_PEER, true).build();
        assertTrue(ppp(server, true).addressesOnDemand());
    }

    @Test
    void pppValuesReachTheLink() {
        Settings settings = Settings.builder().set(PppParameters.MRU, 1400).set(PppParameters.MTU, 1380)
                .set(PppParameters.LCP_ECHO_INTERVAL, Duration.ofSeconds(7)).set(PppParameters.LCP_ECHO_FAILURE_COUNT, 2)
                .set(PppParameters.IPV6, false).set(PppParameters.LOCAL_NAME, "me").build();
        PppConfig config = ppp(settings, false);
        assertEquals(1400, config.link().mru());
        assertEquals(1380, config.link().mtu());
        assertEquals(Duration.ofSeconds(7), config.link().echoInterval());
        assertEquals(2, config.link().echoFailureCount());
        assertFalse(config.ipv6().enabled());
        assertTrue(config.ipv4().enabled());
    }

    @Test
    void tunnelsGoOverUdpWithChecksumsUnlessTheSettingsSayOtherwise() {
        assertEquals(Encapsulation.UDP, Settings.EMPTY.get(TunnelParameters.ENCAP));
        assertTrue(Settings.EMPTY.get(TunnelParameters.USE_UDP_CHECKSUMS));
        assertTrue(PortOptions.SHARED.checksums(), "where peers ask for tunnels");
    }

    @Test
    void tunnelValuesReachTheProtocolInItsUnits() {
        TunnelConfig config = tunnel(Settings.builder().set(TunnelParameters.HELLO_TIMEOUT, Duration.ofSeconds(9))
                .set(TunnelParameters.RETRY_TIMEOUT, Duration.ofSeconds(2)).set(TunnelParameters.MAX_RETRIES, 3)
                .set(TunnelParameters.MAX_SESSIONS, 11).set(TunnelParameters.RX_WINDOW_SIZE, 32)
                .set(TunnelParameters.HOST_NAME, "other").build());
        assertEquals(9_000, config.helloIntervalMillis());
        assertEquals(2_000, config.retryTimeoutMillis());
        assertEquals(3, config.maxRetries());
        assertEquals(11, config.maxSessions());
        assertEquals(32, config.receiveWindowSize());
        assertEquals("other", config.hostName());
        assertEquals(7, config.localTunnelId());
        assertEquals("box", tunnel(Settings.EMPTY).hostName());
    }

    @Test
    void aSecretAloneIsNoChallengeAndAChallengeNeedsASecret() {
        Secret secret = Secret.of("s3cret");
        assertFalse(tunnel(Settings.builder().set(TunnelParameters.SECRET, secret).build()).challenge());
        assertFalse(tunnel(Settings.builder().set(TunnelParameters.AUTH_MODE, AuthMode.CHALLENGE).build()).challenge());
        assertTrue(tunnel(Settings.builder().set(TunnelParameters.AUTH_MODE, AuthMode.CHALLENGE)
                .set(TunnelParameters.SECRET, secret).build()).challenge());
        assertFalse(tunnel(Settings.builder().set(TunnelParameters.HIDE_AVPS, true).build()).hideAvps());
    }

    @Test
    void bitsAreThoseOfRfc2661() {
        assertEquals(1, TunnelConfigs.framing(Framing.SYNC));
        assertEquals(2, TunnelConfigs.framing(Framing.ASYNC));
        assertEquals(3, TunnelConfigs.framing(Framing.ANY));
        assertEquals(1, TunnelConfigs.bearer(Bearer.DIGITAL));
        assertEquals(2, TunnelConfigs.bearer(Bearer.ANALOG));
        assertEquals(3, TunnelConfigs.bearer(Bearer.ANY));
        assertEquals(Optional.empty(), PppConfigs.ipv4(Settings.EMPTY, PppParameters.LOCAL_ADDRESS));
    }
}
