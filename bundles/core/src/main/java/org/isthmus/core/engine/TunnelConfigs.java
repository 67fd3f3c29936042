package org.isthmus.core.engine;

import static org.isthmus.api.config.TunnelParameters.*;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.isthmus.api.config.AuthMode;
import org.isthmus.api.config.PeerParameters;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.protocol.tunnel.DiffServ;
import org.isthmus.protocol.tunnel.Role;
import org.isthmus.protocol.tunnel.TunnelConfig;

/** From an operator's settings to what the protocol is told of a tunnel. */
final class TunnelConfigs {
    private static final int ACK_DELAY_MILLIS = 10;

    private TunnelConfigs() {
    }

    /**
     * @param tunnel   the tunnel's settings, profiles included
     * @param tunnelId our identifier
     * @param role     what we are to the peer
     * @param tie      our tie breaker, if one is to be sent
     */
    static TunnelConfig of(Engine engine, Settings tunnel, int tunnelId, Role role, OptionalLong tie) {
        Optional<Secret> secret = tunnel.find(SECRET);
        boolean challenge = tunnel.get(AUTH_MODE) == AuthMode.CHALLENGE && secret.isPresent();
        Settings system = engine.system();
        return TunnelConfig.builder()
                .localTunnelId(tunnelId)
                .hostName(tunnel.find(HOST_NAME).orElse(engine.hostName()))
                .role(role)
                .framingCapabilities(framing(tunnel.get(FRAMING_CAP)))
                .bearerCapabilities(bearer(tunnel.get(BEARER_CAP)))
                .receiveWindowSize(tunnel.get(RX_WINDOW_SIZE))
                .transmitWindowSize(tunnel.get(TX_WINDOW_SIZE))
                .secret(secret.map(Secret::bytes).orElse(new byte[0]))
                .challenge(challenge)
                .hideAvps(tunnel.get(HIDE_AVPS) && secret.isPresent())
                .tieBreaker(tie)
                .helloIntervalMillis(tunnel.get(HELLO_TIMEOUT).toMillis())
                .retryTimeoutMillis(tunnel.get(RETRY_TIMEOUT).toMillis())
                .maxRetries(tunnel.get(MAX_RETRIES))
                .ackDelayMillis(ACK_DELAY_MILLIS)
                .establishTimeoutMillis(millis(system, SystemParameters.TUNNEL_ESTABLISH_TIMEOUT))
                .sessionEstablishTimeoutMillis(millis(system, SystemParameters.SESSION_ESTABLISH_TIMEOUT))
                .idleTimeoutMillis(tunnel.get(IDLE_TIMEOUT).toMillis())
                .maxSessions(tunnel.get(MAX_SESSIONS))
                .takeOutgoingCalls(tunnel.get(TAKE_OUTGOING_CALLS))
                .diffServ(new DiffServ(phb(tunnel.find(CONTROL_DSCP)), phb(tunnel.find(SESSION_DSCP))))
                .challengeBook(engine.challengeBook())
                .build();
    }

    private static OptionalInt phb(Optional<Integer> dscp) {
        return dscp.map(DiffServ::phbOf).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** Bits of the framing AVPs: 1 synchronous, 2 asynchronous. */
    static int framing(Framing framing) {
        return switch (framing) {
            case SYNC -> 1;
            case ASYNC -> 2;
            case ANY -> 3;
        };
    }

    /** Bits of the bearer AVPs: 1 digital, 2 analog. */
    static int bearer(Bearer bearer) {
        return switch (bearer) {
            case DIGITAL -> 1;
            case ANALOG -> 2;
            case ANY -> 3;
        };
    }

    /** What we are to the peer of a tunnel: what its peer profile says, or both. */
    static Role role(ResolvedTunnel tunnel) {
        return switch (tunnel.peer().map(peer -> peer.settings().get(PeerParameters.LAC_LNS))
                .orElse(org.isthmus.api.config.Role.LACLNS)) {
            case LAC -> Role.LAC;
            case LNS -> Role.LNS;
            case LACLNS -> Role.LAC_AND_LNS;
        };
    }

    private static long millis(Settings system, org.isthmus.api.config.Parameter<Duration> parameter) {
        return system.get(parameter).toMillis();
    }
}
