package org.isthmus.protocol.tunnel;

import java.util.Optional;
import java.util.OptionalLong;
import org.isthmus.protocol.channel.ChannelConfig;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.ProtocolVersion;

/** How a tunnel behaves. Immutable; made by a {@link TunnelConfigBuilder}, where meaning, default and range stand. */
public final class TunnelConfig {

    private final TunnelConfigBuilder values;

    TunnelConfig(TunnelConfigBuilder values) {
        this.values = values;
    }

    /** Starts with the defaults. */
    public static TunnelConfigBuilder builder() {
        return new TunnelConfigBuilder();
    }

    /** Starts with the values of this one. */
    public TunnelConfigBuilder toBuilder() {
        return values.copy();
    }

    public int localTunnelId() {
        return values.localTunnelId;
    }

    public String hostName() {
        return values.hostName;
    }

    public String vendorName() {
        return values.vendorName;
    }

    public int firmwareRevision() {
        return values.firmwareRevision;
    }

    public Role role() {
        return values.role;
    }

    public int framingCapabilities() {
        return values.framingCapabilities;
    }

    public int bearerCapabilities() {
        return values.bearerCapabilities;
    }

    public int receiveWindowSize() {
        return values.receiveWindowSize;
    }

    public int transmitWindowSize() {
        return values.transmitWindowSize;
    }

    public int sendQueueLimit() {
        return values.sendQueueLimit;
    }

    public boolean hasSecret() {
        return values.secret.length > 0;
    }

    byte[] secret() {
        return values.secret;
    }

    public boolean challenge() {
        return values.challenge;
    }

    public boolean requirePeerChallenge() {
        return values.requirePeerChallenge;
    }

    public boolean hideAvps() {
        return values.hideAvps;
    }

    public OptionalLong tieBreaker() {
        return values.tieBreaker;
    }

    public long helloIntervalMillis() {
        return values.helloIntervalMillis;
    }

    public long retryTimeoutMillis() {
        return values.retryTimeoutMillis;
    }

    public int maxRetries() {
        return values.maxRetries;
    }

    public long ackDelayMillis() {
        return values.ackDelayMillis;
    }

    public long establishTimeoutMillis() {
        return values.establishTimeoutMillis;
    }

    public long sessionEstablishTimeoutMillis() {
        return values.sessionEstablishTimeoutMillis;
    }

    public long idleTimeoutMillis() {
        return values.idleTimeoutMillis;
    }

    public int maxSessions() {
        return values.maxSessions;
    }

    public boolean allowReplyOverBudget() {
        return values.allowReplyOverBudget;
    }

    public boolean acceptZeroTunnelId() {
        return values.acceptZeroTunnelId;
    }

    public boolean acceptWrongAssignedId() {
        return values.acceptWrongAssignedId;
    }

    public boolean takeOutgoingCalls() {
        return values.takeOutgoingCalls;
    }

    public DiffServ diffServ() {
        return values.diffServ;
    }

    public ChallengeBook challengeBook() {
        return values.challengeBook;
    }

    /** Empty when the tunnel lends session identifiers by itself. */
    public Optional<SessionIds> sessionIds() {
        return values.sessionIds;
    }

    public ProtocolVersion version() {
        return values.version;
    }

    public V3Config v3() {
        return values.v3;
    }

    public Optional<FailoverCapability> failover() {
        return values.failover;
    }

    /** Present only of a recovery tunnel. */
    Optional<RecoveryTerms> recovery() {
        return values.recovery;
    }

    /** What its control channel is told of this. */
    ChannelConfig channel() {
        return new ChannelConfig(receiveWindowSize(), transmitWindowSize(), sendQueueLimit(), retryTimeoutMillis(), maxRetries(),
                ackDelayMillis());
    }

    /** Names the tunnel by what is not secret. */
    @Override
    public String toString() {
        return "TunnelConfig[" + values.hostName + ", local tunnel " + values.localTunnelId + "]";
    }
}
