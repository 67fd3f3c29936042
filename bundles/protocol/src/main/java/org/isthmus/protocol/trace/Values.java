package org.isthmus.protocol.trace;

import java.util.ArrayList;
import java.util.List;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.DigestType;
import org.isthmus.protocol.wire.DisconnectCause;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.SequencingLevel;
import org.isthmus.protocol.wire.WireCode;

/** What values mean. */
final class Values {

    private static final String[] ERROR_COUNTERS =
            {"CRC", "framing", "hardware overruns", "buffer overruns", "time-outs", "alignment"};
    private static final String[] PROXY_AUTHENTICATION = {"unknown", "textual user name and password", "PPP CHAP",
        "PPP PAP", "none", "Microsoft CHAP version 1"};

    private Values() {
    }

    /** The message's name as the RFCs write it. */
    static String name(MessageType type) {
        return type == MessageType.STOPCCN ? "StopCCN" : type.name();
    }

    /** Whether an operator looks for it first. */
    static boolean isTelling(AvpType type) {
        return switch (type) {
            case RESULT_CODE, HOST_NAME, ASSIGNED_TUNNEL_ID, ASSIGNED_SESSION_ID, CALL_SERIAL_NUMBER, CALLED_NUMBER,
                    CALLING_NUMBER, Q931_CAUSE, DISCONNECT_CAUSE, TIE_BREAKER, ASSIGNED_CONNECTION_ID, LOCAL_SESSION_ID,
                    REMOTE_SESSION_ID, PSEUDOWIRE_TYPE, REMOTE_END_ID, CIRCUIT_STATUS, TUNNEL_RECOVERY, SUGGESTED_CONTROL_SEQUENCE,
                    FAILOVER_SESSION_STATE -> true;
            default -> false;
        };
    }

    /** A value that fits its type. */
    static String words(AvpType type, Field value, Header header) {
        return switch (type) {
            case MESSAGE_TYPE -> messageType(value.integer(0, 2));
            case PROTOCOL_VERSION -> value.integer(0, 1) + "." + value.integer(1, 1);
            case FIRMWARE_REVISION -> String.format("0x%04x", value.integer(0, 2));
            case FRAMING_CAPABILITIES, FRAMING_TYPE -> bits(value.number(0, 4), "synchronous", "asynchronous");
            case BEARER_CAPABILITIES, BEARER_TYPE -> bits(value.number(0, 4), "digital", "analog");
            case RESULT_CODE -> resultCode(value, header.type());
            case DISCONNECT_CAUSE -> new DisconnectCause(value.integer(0, 2), value.integer(2, 2), value.integer(4, 1),
                    value.text(5)).words();
            case Q931_CAUSE -> "cause " + value.integer(0, 2) + ", message " + value.integer(2, 1)
                    + quotedAfterComma(value.text(3));
            case TX_CONNECT_SPEED, RX_CONNECT_SPEED, MINIMUM_BPS, MAXIMUM_BPS, TX_CONNECT_SPEED_64,
                    RX_CONNECT_SPEED_64 -> Long.toUnsignedString(value.number(0, value.length())) + " bit/s";
            case CONNECT_SPEED_UPDATE -> connectSpeedUpdate(value);
            case FAILOVER_CAPABILITY -> failoverCapability(value);
            case TUNNEL_RECOVERY -> "tunnel " + pair(value);
            case SUGGESTED_CONTROL_SEQUENCE -> "Ns " + value.integer(2, 2) + ", Nr " + value.integer(4, 2);
            case FAILOVER_SESSION_STATE -> "session " + pair(value);
            case CONTROL_CONNECTION_DS, SESSION_DS -> String.format("PHB 0x%04x", value.integer(0, 2));
            case PROXY_AUTHEN_TYPE -> chosen(value.integer(0, 2), PROXY_AUTHENTICATION);
            case PROXY_AUTHEN_NAME -> "\"" + value.text(0) + "\"";
            case PROXY_AUTHEN_ID -> String.valueOf(value.integer(1, 1));
            case INITIAL_RECEIVED_LCP_CONFREQ, LAST_SENT_LCP_CONFREQ, LAST_RECEIVED_LCP_CONFREQ, LCP_WANT_OPTIONS,
                    LCP_ALLOW_OPTIONS, LNS_LAST_SENT_LCP_CONFREQ, LNS_LAST_RECEIVED_LCP_CONFREQ ->
                    LcpOptions.words(value);
            case CALL_ERRORS -> callErrors(value);
            case ACCM -> String.format("send 0x%08x, receive 0x%08x", value.integer(2, 4), value.integer(6, 4));
            case CHALLENGE, PROXY_AUTHEN_CHALLENGE, RANDOM_VECTOR, AUTHENTICATION_NONCE -> value.hex();
            case ROUTER_ID -> value.integer(0, 1) + "." + value.integer(1, 1) + "." + value.integer(2, 1) + "."
                    + value.integer(3, 1);
            case MESSAGE_DIGEST -> digest(value);
            case PSEUDOWIRE_CAPABILITIES -> pseudowires(value);
            case PSEUDOWIRE_TYPE -> coded(PseudowireType.class, value.integer(0, 2));
            case REMOTE_END_ID -> "\"" + value.text(0) + "\"";
            case L2_SPECIFIC_SUBLAYER -> chosen(value.integer(0, 2), "none", "default", "ATM");
            case DATA_SEQUENCING -> coded(SequencingLevel.class, value.integer(0, 2));
            case CIRCUIT_STATUS -> new CircuitStatus(value.integer(0, 2)).words()
                    + String.format(" (0x%04x)", value.integer(0, 2));
            default -> byFormat(type, value);
        };
    }

    private static String byFormat(AvpType type, Field value) {
        return switch (type.format()) {
            case UINT16 -> String.valueOf(value.number(0, 2));
            case UINT32 -> String.valueOf(value.number(0, 4));
            case UINT64 -> type.ofAccessLine() ? Long.toUnsignedString(value.number(0, 8)) + " bit/s"
                    : String.format("0x%016x", value.number(0, 8));
            case TEXT -> "\"" + value.text(0) + "\"";
            case NOTHING -> "";
            // A response to a challenge, a cookie, or something that nobody here has looked at: it may be a secret.
            default -> Header.octets(value.length());
        };
    }

    private static String messageType(int code) {
        MessageType type = MessageType.ofCode(code);
        return type == MessageType.ZLB ? "unknown (" + code + ")" : name(type) + " (" + code + ")";
    }

    private static String resultCode(Field value, MessageType of) {
        ResultCode.Scope scope = of == MessageType.CDN ? ResultCode.Scope.SESSION : ResultCode.Scope.TUNNEL;
        int error = value.length() >= 4 ? value.integer(2, 2) : ResultCode.NO_ERROR;
        return new ResultCode(scope, value.integer(0, 2), error, value.text(4)).words();
    }

    private static String connectSpeedUpdate(Field value) {
        int octets = value.length() >= 20 ? 8 : 4;
        return String.format("session %s, transmit %s bit/s, receive %s bit/s",
                Long.toUnsignedString(octets == 8 ? value.number(0, 4) : value.number(2, 2)),
                Long.toUnsignedString(value.number(4, octets)),
                Long.toUnsignedString(value.number(4 + octets, octets)));
    }

    private static String failoverCapability(Field value) {
        int bits = value.integer(0, 2);
        return new FailoverCapability((bits & 1) != 0, (bits & 2) != 0, value.number(2, 4)).words();
    }

    /** The identifier that the sender gave, and that of the receiver. */
    private static String pair(Field value) {
        return value.number(2, 4) + ", of the receiver " + value.number(6, 4);
    }

    /** One of several words, with its number. */
    private static String chosen(int number, String... words) {
        return (number < words.length ? words[number] : "unknown") + " (" + number + ")";
    }

    private static String digest(Field value) {
        return WireCode.of(DigestType.class, value.integer(0, 1)).map(DigestType::words).orElse("unknown") + ", "
                + Header.octets(value.length() - 1);
    }

    private static String pseudowires(Field value) {
        List<String> types = new ArrayList<>();
        for (int at = 0; at + 2 <= value.length(); at += 2) {
            types.add(coded(PseudowireType.class, value.integer(at, 2)));
        }
        return types.isEmpty() ? "none" : String.join(", ", types);
    }

    private static <E extends Enum<E> & WireCode> String coded(Class<E> codes, int number) {
        return WireCode.of(codes, number).map(WireCode::words).orElse("unknown") + " (" + number + ")";
    }

    private static String callErrors(Field value) {
        List<String> counters = new ArrayList<>();
        for (int i = 0; i < ERROR_COUNTERS.length; i++) {
            counters.add(ERROR_COUNTERS[i] + " " + value.number(2 + 4 * i, 4));
        }
        return String.join(", ", counters);
    }

    /** The names of the bits that are set, the lowest first. */
    private static String bits(long value, String... names) {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            if ((value >> i & 1) != 0) {
                set.add(names[i]);
            }
        }
        return (set.isEmpty() ? "none" : String.join(", ", set)) + String.format(" (0x%08x)", value);
    }

    private static String quotedAfterComma(String text) {
        return text.isEmpty() ? "" : ", \"" + text + "\"";
    }
}
