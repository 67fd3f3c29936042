package org.isthmus.protocol.wire;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A control message that was read: header and AVPs, each known attribute once.
 *
 * <p>Readers of a value take what to answer when the attribute is absent; attributes that came malformed and are not
 * essential count as absent. Immutable; owns a copy of the octets.
 */
public final class ControlMessage implements Decoded {

    /** Octets of a message that is still read. */
    public static final int MAX_BYTES = 4096;
    /** AVPs in a message that is still read. */
    public static final int MAX_AVPS = 256;

    private final MessageType type;
    private final ProtocolVersion version;
    private final int tunnelId;
    private final int sessionId;
    private final int ns;
    private final int nr;
    private final EnumMap<AvpType, Avp> known;
    private final List<Avp> repeated;
    private final List<Avp> unknown;
    private final int malformed;

    ControlMessage(ByteBuffer header, MessageType type, EnumMap<AvpType, Avp> known, List<Avp> repeated,
            List<Avp> unknown, int malformed) {
        this.type = type;
        this.version = Datagram.version(header);
        this.tunnelId = Datagram.tunnelId(header);
        this.sessionId = version == ProtocolVersion.V2 ? Datagram.sessionId(header)
                : (int) number(known.get(AvpType.REMOTE_SESSION_ID), 0);
        this.ns = Datagram.ns(header);
        this.nr = Datagram.nr(header);
        this.known = known;
        this.repeated = repeated;
        this.unknown = unknown;
        this.malformed = malformed;
    }

    /**
     * Reads a control message. Never throws on what the octets are; allocates in proportion to them, at most for
     * {@link #MAX_BYTES}.
     *
     * @param datagram what lies between position and limit, which are not moved
     * @param secret   for hidden AVPs; empty when there is none
     */
    public static Decoded decode(ByteBuffer datagram, byte[] secret) {
        return decode(datagram, secret, VendorAvp.Known.NONE);
    }

    /**
     * The same, where somebody knows AVPs of vendors: their M bit does not speak against the message, and they are among
     * {@link #unknown} like all others.
     */
    public static Decoded decode(ByteBuffer datagram, byte[] secret, VendorAvp.Known vendors) {
        return MessageReader.read(datagram, secret, vendors);
    }

    @Override
    public Optional<ControlMessage> readable() {
        return Optional.of(this);
    }

    /** Which message it is; {@link MessageType#ZLB} for a bare acknowledgement. */
    public MessageType type() {
        return type;
    }

    /** What the header says. */
    public ProtocolVersion version() {
        return version;
    }

    /** Tunnel ID, or Control Connection ID, of the header. */
    public int tunnelId() {
        return tunnelId;
    }

    /** The receiver's session: Session ID of the header, or in version 3 the Remote Session ID AVP; 0 for none. */
    public int sessionId() {
        return sessionId;
    }

    /** Sequence number. */
    public int ns() {
        return ns;
    }

    /** Sequence number that the sender expects next. */
    public int nr() {
        return nr;
    }

    /** Whether the attribute is present. */
    public boolean has(AvpType type) {
        return known.containsKey(type);
    }

    /** A number of 2, 4 or 8 octets, unsigned. */
    public long number(AvpType type, long absent) {
        return number(known.get(type), absent);
    }

    private static long number(Avp avp, long absent) {
        return avp == null ? absent : avp.number(0, avp.length());
    }

    /** A number of 2 octets, or the low 31 bits of one of 4. */
    public int integer(AvpType type, int absent) {
        return (int) number(type, absent) & Integer.MAX_VALUE;
    }

    /** The identifier that the sender gave to the tunnel, in the way of the version; 0 when absent. */
    public int assignedTunnelId() {
        return (int) number(version == ProtocolVersion.V2 ? AvpType.ASSIGNED_TUNNEL_ID
                : AvpType.ASSIGNED_CONNECTION_ID, 0);
    }

    /** The identifier that the sender gave to the session, in the way of the version; 0 when absent. */
    public int assignedSessionId() {
        return (int) number(version == ProtocolVersion.V2 ? AvpType.ASSIGNED_SESSION_ID
                : AvpType.LOCAL_SESSION_ID, 0);
    }

    /** The pseudowires that the sender can carry, those left aside that are not known here (RFC 3931). */
    public Set<PseudowireType> pseudowireCapabilities() {
        Set<PseudowireType> types = EnumSet.noneOf(PseudowireType.class);
        Avp avp = known.get(AvpType.PSEUDOWIRE_CAPABILITIES);
        for (int at = 0; avp != null && at + 2 <= avp.length(); at += 2) {
            WireCode.of(PseudowireType.class, (int) avp.number(at, 2)).ifPresent(types::add);
        }
        return types;
    }

    /** The status of the sender's circuit (RFC 3931, RFC 5641). */
    public Optional<CircuitStatus> circuitStatus() {
        return Optional.ofNullable(known.get(AvpType.CIRCUIT_STATUS))
                .map(a -> new CircuitStatus((int) a.number(0, 2)));
    }

    /** A number of 8 octets, to be taken as unsigned. */
    public OptionalLong uint64(AvpType type) {
        Avp avp = known.get(type);
        return avp == null ? OptionalLong.empty() : OptionalLong.of(avp.number(0, 8));
    }

    /** A text, made safe to show; empty when absent. */
    public String text(AvpType type) {
        Avp avp = known.get(type);
        return avp == null ? "" : avp.text(0);
    }

    /** A copy of the octets of a value; empty when absent. */
    public byte[] octets(AvpType type) {
        Avp avp = known.get(type);
        return avp == null ? new byte[0] : avp.bytes();
    }

    /** The Result Code of a StopCCN or CDN, with or without Error Code and Error Message. */
    public Optional<ResultCode> resultCode() {
        Avp avp = known.get(AvpType.RESULT_CODE);
        if (avp == null) {
            return Optional.empty();
        }
        ResultCode.Scope scope = type == MessageType.CDN ? ResultCode.Scope.SESSION : ResultCode.Scope.TUNNEL;
        int error = avp.length() >= 4 ? (int) avp.number(2, 2) : ResultCode.NO_ERROR;
        return Optional.of(new ResultCode(scope, (int) avp.number(0, 2), error, avp.text(4)));
    }

    /** The Q.931 cause of a CDN. */
    public Optional<Q931Cause> q931Cause() {
        return Optional.ofNullable(known.get(AvpType.Q931_CAUSE))
                .map(a -> new Q931Cause((int) a.number(0, 2), (int) a.number(2, 1), a.text(3)));
    }

    /** The PPP disconnect cause of a CDN (RFC 3145). */
    public Optional<DisconnectCause> disconnectCause() {
        return Optional.ofNullable(known.get(AvpType.DISCONNECT_CAUSE)).map(a -> new DisconnectCause(
                (int) a.number(0, 2), (int) a.number(2, 2), (int) a.number(4, 1), a.text(5)));
    }

    /** The counters of a WEN. */
    public Optional<CallErrors> callErrors() {
        return Optional.ofNullable(known.get(AvpType.CALL_ERRORS)).map(a -> new CallErrors(a.number(2, 4),
                a.number(6, 4), a.number(10, 4), a.number(14, 4), a.number(18, 4), a.number(22, 4)));
    }

    /** The masks of an SLI. */
    public Optional<Accm> accm() {
        return Optional.ofNullable(known.get(AvpType.ACCM))
                .map(a -> new Accm((int) a.number(2, 4), (int) a.number(6, 4)));
    }

    /** What a CSUN tells or a CSURQ asks, per session (RFC 5515); several, or none. */
    public List<ConnectSpeedUpdate> connectSpeedUpdates() {
        return all(AvpType.CONNECT_SPEED_UPDATE).map(ConnectSpeedUpdate::read).toList();
    }

    private Stream<Avp> all(AvpType avpType) {
        return Stream.concat(Stream.ofNullable(known.get(avpType)), repeated.stream())
                .filter(a -> a.attribute() == avpType.attribute());
    }

    /** What the sender of an SCCRQ or SCCRP can get back after a failure (RFC 4951). */
    public Optional<FailoverCapability> failoverCapability() {
        return Optional.ofNullable(known.get(AvpType.FAILOVER_CAPABILITY)).map(FailoverCapability::read);
    }

    /** Which old tunnel an SCCRQ is to recover (RFC 4951). */
    public Optional<TunnelRecovery> tunnelRecovery() {
        return Optional.ofNullable(known.get(AvpType.TUNNEL_RECOVERY)).map(a -> TunnelRecovery.read(a, version));
    }

    /** Where an SCCRP has the recovered tunnel go on (RFC 4951). */
    public Optional<SuggestedSequence> suggestedSequence() {
        return Optional.ofNullable(known.get(AvpType.SUGGESTED_CONTROL_SEQUENCE)).map(SuggestedSequence::read);
    }

    /** What an FSQ asks or an FSR answers, per session (RFC 4951); several, or none. */
    public List<FailoverSession> failoverSessions() {
        return all(AvpType.FAILOVER_SESSION_STATE).map(a -> FailoverSession.read(a, version)).toList();
    }

    /** What an ICRQ says about the access line (RFC 5515). */
    public AccessLine accessLine() {
        Map<AvpType, byte[]> values = new EnumMap<>(AvpType.class);
        known.forEach((type, avp) -> {
            if (type.ofAccessLine()) {
                values.put(type, avp.bytes());
            }
        });
        return values.isEmpty() ? AccessLine.NONE : new AccessLine(values);
    }

    /** Attributes that such a message must have, and this one has not ({@link MessageRules}). */
    public List<AvpType> missing() {
        return MessageRules.of(version, type).missing(known.keySet());
    }

    /** Attributes that are known, but have no place in such a message. */
    public List<AvpType> misplaced() {
        return MessageRules.of(version, type).misplaced(known.keySet());
    }

    /** Attributes whose M bit is not as the RFC asks: which is no harm, since they are known. */
    public List<AvpType> wrongMandatoryBits() {
        return known.entrySet().stream()
                .filter(e -> MessageRules.isWrongMandatoryBit(type, e.getKey(), e.getValue().mandatory()))
                .map(Map.Entry::getKey).toList();
    }

    /** AVPs that are not known here, in their order: for what knows a vendor. */
    public List<Avp> unknown() {
        return unknown;
    }

    /** How many known AVPs were left aside because they were malformed or came twice. */
    public int malformed() {
        return malformed;
    }

    /** For logs: what the header says; all of it says {@code org.isthmus.protocol.trace.MessageTrace}. */
    @Override
    public String toString() {
        return type + " tunnel " + Integer.toUnsignedString(tunnelId) + " session "
                + Integer.toUnsignedString(sessionId) + " Ns " + ns + " Nr " + nr;
    }
}
