package org.isthmus.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Each message of both versions with each attribute that it may have, as a conversation that an analyser can follow. */
public final class EveryMessage {

    /** What hides attributes and makes digests. */
    public static final byte[] SECRET = "simulated".getBytes(StandardCharsets.UTF_8);

    private static final byte[] NONE = {};
    private static final byte[] LCP_OPTIONS = Octets.hex("010405dc 0206000a0000 0304c023 0506deadbeef 0702 0802");
    private static final int ASKING = 4711;
    private static final int ASKED = 815;
    /** Of an extended Vendor ID nobody here has a use. */
    private static final Set<AvpType> LEFT_OUT = EnumSet.of(AvpType.MESSAGE_TYPE, AvpType.RANDOM_VECTOR,
            AvpType.MESSAGE_DIGEST, AvpType.EXTENDED_VENDOR_ID);

    /**
     * One of them.
     *
     * @param conversation counts from 0: an analyser takes all between one pair of addresses for one conversation
     * @param asked whether the end that was asked for the tunnel sends it
     */
    public record Sample(int conversation, ProtocolVersion version, MessageType type, boolean hidden, boolean asked, byte[] bytes) {
    }

    private final List<Sample> samples = new ArrayList<>();
    private final Random random = new Random(1);
    private final byte[] nonceOfAsking = nonce();
    private final byte[] nonceOfAsked = nonce();

    private int conversation = -1;

    private EveryMessage() {
    }

    /** All of them: in version 2 plain and hidden, in version 3 with each kind of digest, plain and hidden. */
    public static List<Sample> all() {
        EveryMessage every = new EveryMessage();
        for (boolean hidden : new boolean[] {false, true}) {
            every.version2(hidden);
            for (DigestType digest : List.of(DigestType.MD5, DigestType.SHA1)) {
                every.version3(hidden, digest);
            }
        }
        return every.samples;
    }

    private void version2(boolean hidden) {
        conversation++;
        for (MessageType type : MessageType.values()) {
            if (type == MessageType.ACK) {
                continue;
            }
            boolean asked = type == MessageType.SCCRP;
            MessageWriter writer = new MessageWriter(type, destination(type, asked), type.ofSession() ? 9 : 0);
            if (hidden) {
                writer.hiding(SECRET, random);
            }
            byte[] message = write(writer, ProtocolVersion.V2, type, asked);
            samples.add(new Sample(conversation, ProtocolVersion.V2, type, hidden, asked, message));
        }
    }

    private void version3(boolean hidden, DigestType digest) {
        conversation++;
        MessageAuthentication authentication = new MessageAuthentication(SECRET);
        for (MessageType type : MessageType.values()) {
            if (type == MessageType.ZLB || type == MessageType.CSUN || type == MessageType.CSURQ) {
                continue;
            }
            boolean asked = type == MessageType.SCCRP;
            MessageWriter writer = MessageWriter.version3(type, destination(type, asked)).digest(digest);
            if (hidden) {
                writer.hiding(MessageAuthentication.hidingKey(SECRET), random);
            }
            byte[] message = write(writer, ProtocolVersion.V3, type, asked);
            if (type == MessageType.SCCRQ) {
                authentication.sign(message, NONE, NONE);
            } else {
                authentication.sign(message, asked ? nonceOfAsked : nonceOfAsking, asked ? nonceOfAsking : nonceOfAsked);
            }
            samples.add(new Sample(conversation, ProtocolVersion.V3, type, hidden, asked, message));
        }
    }

    private static int destination(MessageType type, boolean asked) {
        return type == MessageType.SCCRQ ? 0 : asked ? ASKING : ASKED;
    }

    private byte[] write(MessageWriter writer, ProtocolVersion version, MessageType type, boolean asked) {
        MessageRules rules = MessageRules.of(version, type);
        Set<AvpType> all = EnumSet.noneOf(AvpType.class);
        all.addAll(rules.required());
        all.addAll(rules.optional());
        all.removeAll(LEFT_OUT);
        all.forEach(avp -> add(writer, type, avp, asked));
        return writer.toBytes();
    }

    private void add(MessageWriter writer, MessageType message, AvpType type, boolean asked) {
        switch (type) {
            case RESULT_CODE -> writer.resultCode(message == MessageType.CDN ? ResultCode.of(CallResult.BUSY, "later")
                    : ResultCode.of(StopResult.SHUTTING_DOWN, "bye"));
            case Q931_CAUSE -> writer.q931Cause(new Q931Cause(17, 0, "user busy"));
            case DISCONNECT_CAUSE -> writer.disconnectCause(new DisconnectCause(3, 0, 1, "goodbye"));
            case CALL_ERRORS -> writer.callErrors(new CallErrors(1, 2, 3, 4, 5, 6));
            case ACCM -> writer.accm(new Accm(0xffffffff, 0x000a0000));
            case FAILOVER_CAPABILITY -> writer.failoverCapability(new FailoverCapability(true, true, 60_000));
            case TUNNEL_RECOVERY -> writer.tunnelRecovery(new TunnelRecovery(7, 8));
            case SUGGESTED_CONTROL_SEQUENCE -> writer.suggestedSequence(new SuggestedSequence(3, 100));
            case FAILOVER_SESSION_STATE -> writer.failoverSession(new FailoverSession(9, 10));
            case CIRCUIT_STATUS -> writer.circuitStatus(CircuitStatus.UP);
            case PSEUDOWIRE_CAPABILITIES -> writer.pseudowireCapabilities(EnumSet.allOf(PseudowireType.class));
            case CONNECT_SPEED_UPDATE -> writer.connectSpeedUpdate(new ConnectSpeedUpdate(9, 1_000_000, 2_000_000));
            case PROTOCOL_VERSION -> writer.number(type, 0x0100);
            case ASSIGNED_TUNNEL_ID, ASSIGNED_CONNECTION_ID -> writer.number(type, asked ? ASKED : ASKING);
            case PSEUDOWIRE_TYPE -> writer.number(type, PseudowireType.ETHERNET.code());
            case INITIAL_RECEIVED_LCP_CONFREQ, LAST_SENT_LCP_CONFREQ, LAST_RECEIVED_LCP_CONFREQ, LCP_WANT_OPTIONS,
                    LCP_ALLOW_OPTIONS, LNS_LAST_SENT_LCP_CONFREQ, LNS_LAST_RECEIVED_LCP_CONFREQ ->
                    writer.octets(type, LCP_OPTIONS);
            case AUTHENTICATION_NONCE -> writer.octets(type, asked ? nonceOfAsked : nonceOfAsking);
            case CHALLENGE, CHALLENGE_RESPONSE -> writer.octets(type, nonce());
            case ASSIGNED_COOKIE -> writer.octets(type, Octets.hex("0102030405060708"));
            case ACCESS_LOOP_ENCAPSULATION -> writer.octets(type, Octets.hex("000102"));
            default -> byFormat(writer, type);
        }
    }

    private static void byFormat(MessageWriter writer, AvpType type) {
        switch (type.format()) {
            case UINT16, UINT32, UINT64 -> writer.number(type, 1);
            case TEXT -> writer.text(type, "text");
            case OCTETS -> writer.octets(type, "octets".getBytes(StandardCharsets.UTF_8));
            case NOTHING -> writer.flag(type);
            default -> throw new IllegalStateException("no sample of " + type);
        }
    }

    private byte[] nonce() {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        return nonce;
    }
}
