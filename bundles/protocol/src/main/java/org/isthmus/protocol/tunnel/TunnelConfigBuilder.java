package org.isthmus.protocol.tunnel;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.ProtocolVersion;

/**
 * Collects the values of a {@link TunnelConfig}; the setters say meaning, default and range. A value out of range is an
 * error of the caller: the setter throws IllegalArgumentException.
 */
public final class TunnelConfigBuilder implements Cloneable {
    /** Retransmissions at most. */
    static final int MOST_RETRIES = 100;

    int localTunnelId;
    String hostName = "isthmus";
    String vendorName = "Isthmus L2TP appliance";
    int firmwareRevision = 0x0100;
    Role role = Role.LAC_AND_LNS;
    int framingCapabilities = 3;
    int bearerCapabilities;
    int receiveWindowSize = 10;
    int transmitWindowSize = 64;
    int sendQueueLimit = 4096;
    byte[] secret = {};
    boolean challenge;
    boolean requirePeerChallenge;
    boolean hideAvps;
    OptionalLong tieBreaker = OptionalLong.empty();
    long helloIntervalMillis = 60_000;
    long retryTimeoutMillis = 1_000;
    int maxRetries = 5;
    long ackDelayMillis = 10;
    long establishTimeoutMillis = 120_000;
    long sessionEstablishTimeoutMillis = 120_000;
    long idleTimeoutMillis;
    int maxSessions;
    boolean allowReplyOverBudget;
    boolean acceptZeroTunnelId;
    boolean acceptWrongAssignedId = true;
    boolean takeOutgoingCalls;
    DiffServ diffServ = DiffServ.NONE;
    ChallengeBook challengeBook = new ChallengeBook();
    Optional<SessionIds> sessionIds = Optional.empty();
    ProtocolVersion version = ProtocolVersion.V2;
    V3Config v3 = V3Config.DEFAULT;
    Optional<FailoverCapability> failover = Optional.empty();
    Optional<RecoveryTerms> recovery = Optional.empty();

    TunnelConfigBuilder() {
    }

    TunnelConfigBuilder copy() {
        try {
            return (TunnelConfigBuilder) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Our tunnel identifier, unique among the tunnels of this system: 1 to 65535, or, for a tunnel that can only
     * become one of version 3, any unsigned number of 32 bits but 0. Required.
     */
    public TunnelConfigBuilder localTunnelId(int value) {
        localTunnelId = value;
        return this;
    }

    /** Host Name AVP, 1 to 255 octets of UTF-8. Default "isthmus". */
    public TunnelConfigBuilder hostName(String value) {
        hostName = text("hostName", value, 1);
        return this;
    }

    /** Vendor Name AVP, up to 255 octets of UTF-8; not sent when empty. Default "Isthmus L2TP appliance". */
    public TunnelConfigBuilder vendorName(String value) {
        vendorName = text("vendorName", value, 0);
        return this;
    }

    /** Firmware Revision AVP, 0 to 65535; not sent when 0. Default 0x0100. */
    public TunnelConfigBuilder firmwareRevision(int value) {
        firmwareRevision = inRange("firmwareRevision", value, 0, 65_535);
        return this;
    }

    /** What we may be to the peer. Default both. */
    public TunnelConfigBuilder role(Role value) {
        role = Objects.requireNonNull(value);
        return this;
    }

    /** Framing Capabilities AVP: bit 0 synchronous, bit 1 asynchronous. Default 3. */
    public TunnelConfigBuilder framingCapabilities(int value) {
        framingCapabilities = inRange("framingCapabilities", value, 0, 3);
        return this;
    }

    /** Bearer Capabilities AVP: bit 0 digital, bit 1 analog; not sent when 0. Default 0. */
    public TunnelConfigBuilder bearerCapabilities(int value) {
        bearerCapabilities = inRange("bearerCapabilities", value, 0, 3);
        return this;
    }

    /** Receive Window Size that we advertise, 1 to 256 messages. Default 10. */
    public TunnelConfigBuilder receiveWindowSize(int value) {
        receiveWindowSize = inRange("receiveWindowSize", value, 1, 256);
        return this;
    }

    /** Cap on the window that the peer advertises, 1 to 256 messages. Default 64. */
    public TunnelConfigBuilder transmitWindowSize(int value) {
        transmitWindowSize = inRange("transmitWindowSize", value, 1, 256);
        return this;
    }

    /** Messages that may wait to be sent; one more closes the tunnel. 16 to 65536, default 4096. */
    public TunnelConfigBuilder sendQueueLimit(int value) {
        sendQueueLimit = inRange("sendQueueLimit", value, 16, 65_536);
        return this;
    }

    /** Secret shared with the peer, for authentication and hidden AVPs; empty for none. Is copied. */
    public TunnelConfigBuilder secret(byte[] value) {
        secret = value.clone();
        return this;
    }

    /** Demand that the peer authenticates; needs a secret. Default false. */
    public TunnelConfigBuilder challenge(boolean value) {
        challenge = value;
        return this;
    }

    /** Refuse a peer that does not demand that we authenticate. Default false. */
    public TunnelConfigBuilder requirePeerChallenge(boolean value) {
        requirePeerChallenge = value;
        return this;
    }

    /** Hide what may be hidden in all we send after SCCRQ and SCCRP; needs a secret. Default false. */
    public TunnelConfigBuilder hideAvps(boolean value) {
        hideAvps = value;
        return this;
    }

    /** Tie Breaker AVP of our SCCRQ; none by default. */
    public TunnelConfigBuilder tieBreaker(OptionalLong value) {
        tieBreaker = Objects.requireNonNull(value);
        return this;
    }

    /** Quiet time after which HELLO is sent, milliseconds; 0 for never. Default 60,000. */
    public TunnelConfigBuilder helloIntervalMillis(long value) {
        helloIntervalMillis = inRange("helloIntervalMillis", value, 0, 86_400_000);
        return this;
    }

    /** Time to the first retransmission, 10 to 60,000 milliseconds; doubles up to 8 s. Default 1,000. */
    public TunnelConfigBuilder retryTimeoutMillis(long value) {
        retryTimeoutMillis = inRange("retryTimeoutMillis", value, 10, 60_000);
        return this;
    }

    /** Retransmissions before the tunnel is given up, 0 to 100. Default 5. */
    public TunnelConfigBuilder maxRetries(int value) {
        maxRetries = inRange("maxRetries", value, 0, MOST_RETRIES);
        return this;
    }

    /**
     * How long an acknowledgement waits for a message to ride on, 0 to 500 milliseconds. Default 10. With 0 it
     * is due at the next call of {@link Tunnel#timeout}, for example at the end of a batch.
     */
    public TunnelConfigBuilder ackDelayMillis(long value) {
        ackDelayMillis = inRange("ackDelayMillis", value, 0, 500);
        return this;
    }

    /** Time within which the tunnel must be established, milliseconds; 0 for no limit. Default 120,000. */
    public TunnelConfigBuilder establishTimeoutMillis(long value) {
        establishTimeoutMillis = inRange("establishTimeoutMillis", value, 0, 86_400_000);
        return this;
    }

    /** Time within which a session must be established, milliseconds; 0 for no limit. Default 120,000. */
    public TunnelConfigBuilder sessionEstablishTimeoutMillis(long value) {
        sessionEstablishTimeoutMillis = inRange("sessionEstablishTimeoutMillis", value, 0, 86_400_000);
        return this;
    }

    /** Time without a session after which the tunnel is closed, milliseconds; 0 for never. Default 0. */
    public TunnelConfigBuilder idleTimeoutMillis(long value) {
        idleTimeoutMillis = inRange("idleTimeoutMillis", value, 0, 2_592_000_000L);
        return this;
    }

    /** Sessions in the tunnel at most, 0 for no limit but 65535. Default 0. */
    public TunnelConfigBuilder maxSessions(int value) {
        maxSessions = inRange("maxSessions", value, 0, 65_535);
        return this;
    }

    /**
     * Whether an SCCRP may be larger than the SCCRQ when the AVPs of authentication do not fit otherwise. When
     * false nothing is sent, and the tunnel ends with {@link CloseCause.Kind#REPLY_TOO_LARGE}. Default false, so
     * that nobody can use us to multiply what he sends; true is for peers whose address is configured.
     */
    public TunnelConfigBuilder allowReplyOverBudget(boolean value) {
        allowReplyOverBudget = value;
        return this;
    }

    /**
     * Quirk: take control messages whose header says Tunnel ID 0 after set-up. Default false: who can forge the
     * peer's address would then have to guess nothing but sequence numbers.
     */
    public TunnelConfigBuilder acceptZeroTunnelId(boolean value) {
        acceptZeroTunnelId = value;
        return this;
    }

    /** Quirk: take a StopCCN or CDN whose assigned identifier is wrong or missing. Default true. */
    public TunnelConfigBuilder acceptWrongAssignedId(boolean value) {
        acceptWrongAssignedId = value;
        return this;
    }

    /** Whether the peer, as LNS, may ask us to place outgoing calls; otherwise its OCRQs are refused. Default false. */
    public TunnelConfigBuilder takeOutgoingCalls(boolean value) {
        takeOutgoingCalls = value;
        return this;
    }

    /** The differentiated service that we ask for and agree to. Default {@link DiffServ#NONE}. */
    public TunnelConfigBuilder diffServ(DiffServ value) {
        diffServ = Objects.requireNonNull(value);
        return this;
    }

    /** The book of outstanding challenges, shared by all tunnels of the system. Default: its own. */
    public TunnelConfigBuilder challengeBook(ChallengeBook value) {
        challengeBook = Objects.requireNonNull(value);
        return this;
    }

    /** Who lends the session identifiers of version 3. Default: the tunnel itself. */
    public TunnelConfigBuilder sessionIds(SessionIds value) {
        sessionIds = Optional.of(value);
        return this;
    }

    /** The version; with {@link V3Config#fallback} the one that is preferred. Default {@link ProtocolVersion#V2}. */
    public TunnelConfigBuilder version(ProtocolVersion value) {
        version = Objects.requireNonNull(value);
        return this;
    }

    /** What concerns version 3 alone. Default {@link V3Config#DEFAULT}. */
    public TunnelConfigBuilder v3(V3Config value) {
        v3 = Objects.requireNonNull(value);
        return this;
    }

    /**
     * What we tell the peer that we can get back after a failure (RFC 4951): the tunnel outlives us only if the owner
     * keeps its {@link Tunnel#snapshot}. Nothing is told by default, and then the tunnel outlives no failure of the peer
     * either.
     */
    public TunnelConfigBuilder failover(Optional<FailoverCapability> value) {
        failover = Objects.requireNonNull(value);
        return this;
    }

    /** Makes it a recovery tunnel. */
    TunnelConfigBuilder recovery(RecoveryTerms value) {
        recovery = Optional.of(value);
        return this;
    }

    /** The configuration; throws IllegalArgumentException when values do not fit together. */
    public TunnelConfig build() {
        if (localTunnelId == 0) {
            throw new IllegalArgumentException("localTunnelId is missing");
        }
        if (version == ProtocolVersion.V2 || v3.fallback()) {
            inRange("localTunnelId", localTunnelId, 1, 65_535);
        }
        if (secret.length == 0 && v3.requireDigest()) {
            throw new IllegalArgumentException("requireDigest needs a secret");
        }
        if (secret.length == 0 && (challenge || requirePeerChallenge || hideAvps)) {
            throw new IllegalArgumentException("challenge and hideAvps need a secret");
        }
        return new TunnelConfig(copy());
    }

    private static int inRange(String name, int value, int min, int max) {
        return (int) inRange(name, (long) value, min, max);
    }

    private static long inRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", not " + min + " to " + max);
        }
        return value;
    }

    private static String text(String name, String value, int min) {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        inRange("length of " + name, bytes, min, 255);
        return value;
    }
}
