package org.isthmus.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Writes one control message, AVPs in the order of the calls, each with the M bit that the RFC asks for.
 *
 * <p>Ns and Nr are left 0 for the channel to fill in. A value that no AVP can hold is an error of the caller:
 * IllegalArgumentException.
 */
public final class MessageWriter {

    /** Octets of the random vectors that we send; RFC 2661 recommends at least 16. */
    private static final int VECTOR_BYTES = 16;
    /** Octets that padding rounds hidden values up to, so that their length does not tell what they are. */
    private static final int PADDING_BLOCK = 16;
    /** Octets of an Error Message or the like; a longer one is cut. */
    private static final int MAX_EXPLANATION_BYTES = 200;

    /** For examples; nobody has it. */
    private static final int NO_VENDOR = 32473;

    private ByteBuffer buffer = ByteBuffer.allocate(256);
    private byte[] secret = {};
    private RandomGenerator random;
    /** Clears the M bit of what only version 3 has. */
    private boolean version2MayRead;
    private byte[] vector;

    /**
     * Starts a message.
     *
     * @param type      which; a {@link MessageType#ZLB} gets no AVP
     * @param tunnelId  the peer's tunnel identifier, 0 while not known
     * @param sessionId the peer's session identifier, 0 while not known or when it concerns the tunnel
     */
    public MessageWriter(MessageType type, int tunnelId, int sessionId) {
        buffer.putShort((short) Datagram.CONTROL_FLAGS).putShort((short) 0);
        buffer.putShort((short) tunnelId).putShort((short) sessionId).putInt(0);
        if (type != MessageType.ZLB) {
            byte[] code = ByteBuffer.allocate(2).putShort((short) type.code()).array();
            put(AvpType.MESSAGE_TYPE, type.mandatory() ? Avp.M : 0, code);
        }
    }

    /**
     * Starts a message of version 3.
     *
     * @param type         which; a {@link MessageType#ZLB} gets no AVP
     * @param connectionId the peer's Control Connection ID, 0 while not known
     */
    public static MessageWriter version3(MessageType type, int connectionId) {
        MessageWriter writer = new MessageWriter(type, connectionId >>> 16, connectionId);
        writer.buffer.putShort(0, (short) (Datagram.CONTROL_FLAGS - Datagram.VERSION + Datagram.VERSION_3));
        return writer;
    }

    /** Starts an SCCRQ that is one for version 2 and for version 3 (RFC 3931 section 4.7.3). */
    public static MessageWriter sccrqOfBothVersions() {
        MessageWriter writer = new MessageWriter(MessageType.SCCRQ, 0, 0);
        writer.version2MayRead = true;
        return writer;
    }

    /** Keeps the place for a digest, which {@link MessageAuthentication#sign} fills in. The first after the start. */
    public MessageWriter digest(DigestType type) {
        if (type != DigestType.NONE) {
            byte[] value = new byte[1 + type.bytes()];
            value[0] = (byte) type.code();
            put(AvpType.MESSAGE_DIGEST, value);
        }
        return this;
    }

    /** From here on hides what may be hidden; a Random Vector is put before the first of them. */
    public MessageWriter hiding(byte[] withSecret, RandomGenerator withRandom) {
        secret = withSecret;
        random = withRandom;
        return this;
    }

    /** A number of 2, 4 or 8 octets, as the attribute has it. */
    public MessageWriter number(AvpType type, long value) {
        return add(type, switch (type.format()) {
            case UINT64 -> ByteBuffer.allocate(8).putLong(value);
            case UINT32 -> ByteBuffer.allocate(4).putInt((int) value);
            default -> ByteBuffer.allocate(2).putShort((short) value);
        });
    }

    /** The same; nothing for 0, which says that there is nothing to say. */
    public MessageWriter optionalNumber(AvpType type, long value) {
        return value == 0 ? this : number(type, value);
    }

    /** A text, in UTF-8. */
    public MessageWriter text(AvpType type, String value) {
        return octets(type, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The same; nothing for an empty one. */
    public MessageWriter optionalText(AvpType type, String value) {
        return value.isEmpty() ? this : text(type, value);
    }

    /** Any octets. */
    public MessageWriter octets(AvpType type, byte[] value) {
        add(type, value);
        return this;
    }

    /** The same; nothing for none. */
    public MessageWriter optionalOctets(AvpType type, byte[] value) {
        return value.length == 0 ? this : octets(type, value);
    }

    /** An attribute without a value. */
    public MessageWriter flag(AvpType type) {
        return octets(type, new byte[0]);
    }

    /** Result Code; Error Code only when there is an error or a message. */
    public MessageWriter resultCode(ResultCode code) {
        byte[] message = explanation(code.message());
        boolean withError = code.error() != ResultCode.NO_ERROR || message.length > 0;
        ByteBuffer octets = ByteBuffer.allocate(withError ? 4 + message.length : 2).putShort((short) code.result());
        return add(AvpType.RESULT_CODE, withError ? octets.putShort((short) code.error()).put(message) : octets);
    }

    /** PPP Disconnect Cause (RFC 3145). */
    public MessageWriter disconnectCause(DisconnectCause cause) {
        byte[] message = explanation(cause.message());
        return add(AvpType.DISCONNECT_CAUSE, ByteBuffer.allocate(5 + message.length).putShort((short) cause.code())
                .putShort((short) cause.protocol()).put((byte) cause.direction()).put(message));
    }

    /** Call Errors of a WEN. */
    public MessageWriter callErrors(CallErrors errors) {
        return add(AvpType.CALL_ERRORS, ByteBuffer.allocate(26).putShort((short) 0)
                .putInt((int) errors.crc()).putInt((int) errors.framing()).putInt((int) errors.hardware())
                .putInt((int) errors.buffer()).putInt((int) errors.timeout()).putInt((int) errors.alignment()));
    }

    /** ACCM of an SLI. */
    public MessageWriter accm(Accm accm) {
        return add(AvpType.ACCM, ByteBuffer.allocate(10).putShort((short) 0)
                .putInt(accm.send()).putInt(accm.receive()));
    }

    /** Circuit Status (RFC 3931, RFC 5641). */
    public MessageWriter circuitStatus(CircuitStatus status) {
        return add(AvpType.CIRCUIT_STATUS, ByteBuffer.allocate(2).putShort((short) status.bits()));
    }

    /** Pseudowire Capabilities List (RFC 3931). */
    public MessageWriter pseudowireCapabilities(Set<PseudowireType> types) {
        ByteBuffer value = ByteBuffer.allocate(2 * types.size());
        types.forEach(type -> value.putShort((short) type.code()));
        return add(AvpType.PSEUDOWIRE_CAPABILITIES, value);
    }

    /** Q.931 Cause Code of a CDN. */
    public MessageWriter q931Cause(Q931Cause cause) {
        byte[] advisory = explanation(cause.advisory());
        return add(AvpType.Q931_CAUSE, ByteBuffer.allocate(3 + advisory.length).putShort((short) cause.cause())
                .put((byte) cause.message()).put(advisory));
    }

    /** One Connect Speed Update in the layout of L2TPv2 (RFC 5515 section 6.1). */
    public MessageWriter connectSpeedUpdate(ConnectSpeedUpdate update) {
        return add(AvpType.CONNECT_SPEED_UPDATE, ByteBuffer.allocate(12).putInt(update.sessionId() & 0xffff)
                .putInt((int) update.txConnectSpeed()).putInt((int) update.rxConnectSpeed()));
    }

    /** Failover Capability (RFC 4951). */
    public MessageWriter failoverCapability(FailoverCapability capability) {
        return add(AvpType.FAILOVER_CAPABILITY, ByteBuffer.allocate(6).putShort((short) capability.bits())
                .putInt((int) capability.recoveryTimeMillis()));
    }

    /** Tunnel Recovery of an SCCRQ (RFC 4951). */
    public MessageWriter tunnelRecovery(TunnelRecovery recovery) {
        return add(AvpType.TUNNEL_RECOVERY, ByteBuffer.allocate(10).putShort((short) 0)
                .putInt(recovery.tunnelId()).putInt(recovery.remoteTunnelId()));
    }

    /** Suggested Control Sequence of an SCCRP (RFC 4951). */
    public MessageWriter suggestedSequence(SuggestedSequence sequence) {
        return add(AvpType.SUGGESTED_CONTROL_SEQUENCE, ByteBuffer.allocate(6).putShort((short) 0)
                .putShort((short) sequence.ns()).putShort((short) sequence.nr()));
    }

    /** One session of an FSQ or FSR (RFC 4951). */
    public MessageWriter failoverSession(FailoverSession session) {
        return add(AvpType.FAILOVER_SESSION_STATE, ByteBuffer.allocate(10).putShort((short) 0)
                .putInt(session.sessionId()).putInt(session.remoteSessionId()));
    }

    /**
     * Makes the message this long, with AVPs that mean nothing: not mandatory, and of a vendor whose number no vendor has (RFC 5612),
     * so that every peer passes over them (RFC 2661 section 4.1). The last before {@link #toBytes}.
     *
     * @param octets the length of the message; at least the octets so far and those of one empty AVP
     */
    public MessageWriter padding(int octets) {
        while (size() < octets) {
            int left = octets - size();
            // What is left behind a long one must be enough for another.
            int length = left <= Avp.MAX_BYTES ? left : Math.min(Avp.MAX_BYTES, left - Avp.HEADER_BYTES);
            put(NO_VENDOR, 0, 0, new byte[length - Avp.HEADER_BYTES]);
        }
        return this;
    }

    /** Octets so far, header included. */
    public int size() {
        return buffer.position();
    }

    /** The message, with its length filled in. */
    public byte[] toBytes() {
        byte[] message = Arrays.copyOf(buffer.array(), size());
        ByteBuffer.wrap(message).putShort(2, (short) message.length);
        return message;
    }

    private MessageWriter add(AvpType type, ByteBuffer value) {
        add(type, value.array());
        return this;
    }

    private void add(AvpType type, byte[] value) {
        if (secret.length > 0 && type.mayBeHidden()) {
            hide(type, value);
        } else {
            put(type, value);
        }
    }

    private void hide(AvpType type, byte[] value) {
        if (vector == null) {
            vector = randomBytes(VECTOR_BYTES);
            put(AvpType.RANDOM_VECTOR, vector);
        }
        int plain = AvpHiding.PREFIX_BYTES + value.length;
        int padded = (plain + PADDING_BLOCK - 1) / PADDING_BLOCK * PADDING_BLOCK;
        byte[] subformat = randomBytes(padded <= Avp.MAX_BYTES - Avp.HEADER_BYTES ? padded : plain);
        ByteBuffer.wrap(subformat).putShort((short) value.length).put(value);
        AvpHiding.hide(type.attribute(), secret, vector, subformat);
        put(type, mandatory(type) | Avp.H, subformat);
    }

    private int mandatory(AvpType type) {
        return type.mandatory() && !(version2MayRead && type.ofVersion3()) ? Avp.M : 0;
    }

    private void put(AvpType type, byte[] value) {
        put(type, mandatory(type), value);
    }

    private void put(AvpType type, int flags, byte[] value) {
        put(type.vendorId(), type.attribute(), flags, value);
    }

    private void put(int vendorId, int attribute, int flags, byte[] value) {
        int length = Avp.HEADER_BYTES + value.length;
        if (length > Avp.MAX_BYTES || size() + length > ControlMessage.MAX_BYTES) {
            throw new IllegalArgumentException("attribute " + attribute + " of " + value.length + " octets does not fit");
        }
        if (buffer.remaining() < length) {
            buffer = ByteBuffer.allocate(Math.max(2 * buffer.capacity(), size() + length)).put(buffer.flip());
        }
        buffer.putShort((short) (flags | length));
        buffer.putShort((short) vendorId).putShort((short) attribute).put(value);
    }

    private static byte[] explanation(String words) {
        return Text.prefix(words, MAX_EXPLANATION_BYTES).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
