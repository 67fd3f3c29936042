package org.isthmus.core.engine;

import static org.isthmus.api.config.TunnelParameters.*;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.isthmus.api.config.AuthMode;
import org.isthmus.api.config.Digest;
import org.isthmus.api.config.L2tpVersion;
import org.isthmus.api.config.PeerParameters;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.core.desired.ResolvedTunnel;
import org.isthmus.protocol.tunnel.DiffServ;
import org.isthmus.protocol.tunnel.Role;
import org.isthmus.protocol.tunnel.TunnelConfig;
import org.isthmus.protocol.tunnel.V3Config;
import org.isthmus.protocol.wire.DigestType;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.PseudowireType;

/** From an operator's settings to what the protocol is told of a tunnel. */
final class TunnelConfigs {
    /** A bit of the framing AVPs. */
    static final int SYNCHRONOUS = 1;
    /** Another one: characters between flags, some of them escaped. */
    static final int ASYNCHRONOUS = 2;

    private static final int ACK_DELAY_MILLIS = 10;

    private TunnelConfigs() {
    }

    /**
     * @param tunnel   the tunnel's settings, profiles included
     * @param tunnelId our identifier; one of more than 16 bits rules version 2 out
     * @param role     what we are to the peer
     * @param tie      our tie breaker, if one is to be sent
     */
    static TunnelConfig of(Worker worker, Settings tunnel, int tunnelId, Role role, OptionalLong tie) {
        return of(worker.engine(), tunnel, tunnelId, role, tie).toBuilder().sessionIds(worker.sessions()).build();
    }

    static TunnelConfig of(Engine engine, Settings tunnel, int tunnelId, Role role, OptionalLong tie) {
        Optional<Secret> secret = tunnel.find(SECRET);
        boolean challenge = tunnel.get(AUTH_MODE) == AuthMode.CHALLENGE && secret.isPresent();
        Settings system = engine.system();
        L2tpVersion version = tunnel.find(VERSION).orElse(tunnel.isSet(PEER) ? L2tpVersion.L2TPV2 : L2tpVersion.AUTO);
        // A tunnel that is up keeps its version when its profile says another one.
        boolean fitsVersion2 = tunnelId >>> 16 == 0;
        DigestType digest = digest(tunnel.find(DIGEST).orElse(Digest.MD5), secret.isPresent());
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
                .failover(tunnel.get(FAILOVER) ? Optional.of(new FailoverCapability(true, true,
                        tunnel.get(RECOVERY_TIME).toMillis())) : Optional.empty())
                .challengeBook(engine.challengeBook())
                .version(version == L2tpVersion.L2TPV2 && fitsVersion2 ? ProtocolVersion.V2 : ProtocolVersion.V3)
                .v3(new V3Config(version == L2tpVersion.AUTO && fitsVersion2, routerId(engine, tunnel),
                        EnumSet.allOf(PseudowireType.class), digest, digest != DigestType.NONE && challenge))
                .build();
    }

    private static OptionalInt phb(Optional<Integer> dscp) {
        return dscp.map(DiffServ::phbOf).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static DigestType digest(Digest wanted, boolean hasSecret) {
        return !hasSecret ? DigestType.NONE : switch (wanted) {
            case NONE -> DigestType.NONE;
            case MD5 -> DigestType.MD5;
            case SHA1 -> DigestType.SHA1;
        };
    }

    /** As it is set, or a number that hardly any other router of a peer has. */
    private static int routerId(Engine engine, Settings tunnel) {
        return tunnel.find(ROUTER_ID).or(() -> engine.system().find(SystemParameters.ROUTER_ID))
                .map(address -> ByteBuffer.wrap(address.getAddress()).getInt()).orElseGet(() -> engine.hostName().hashCode() | 1);
    }

    /** Bits of the framing AVPs (RFC 2661 section 4.4.3). */
    static int framing(Framing framing) {
        return switch (framing) {
            case SYNC -> SYNCHRONOUS;
            case ASYNC -> ASYNCHRONOUS;
            case ANY -> SYNCHRONOUS | ASYNCHRONOUS;
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
