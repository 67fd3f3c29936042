package org.isthmus.protocol.wire;

import static org.isthmus.protocol.wire.AvpType.*;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which attributes each message must have and may have (RFC 2661 section 6, RFC 3145, 3308, 3437, 4951 and 5515).
 *
 * <p>The state machines refuse a message only when they cannot go on without what is missing; all else is counted,
 * since peers are known that leave out what the RFC demands and nobody needs.
 *
 * @param required must be present
 * @param optional may be present
 */
record MessageRules(Set<AvpType> required, Set<AvpType> optional) {

    private static final Map<MessageType, MessageRules> RULES = new EnumMap<>(MessageType.class);

    static {
        must(MessageType.SCCRQ, PROTOCOL_VERSION, HOST_NAME, FRAMING_CAPABILITIES, ASSIGNED_TUNNEL_ID)
                .may(BEARER_CAPABILITIES, RECEIVE_WINDOW_SIZE, CHALLENGE, TIE_BREAKER, FIRMWARE_REVISION, VENDOR_NAME,
                        CONTROL_CONNECTION_DS, FAILOVER_CAPABILITY, TUNNEL_RECOVERY);
        must(MessageType.SCCRP, PROTOCOL_VERSION, FRAMING_CAPABILITIES, HOST_NAME, ASSIGNED_TUNNEL_ID)
                .may(BEARER_CAPABILITIES, FIRMWARE_REVISION, VENDOR_NAME, RECEIVE_WINDOW_SIZE, CHALLENGE,
                        CHALLENGE_RESPONSE, CONTROL_CONNECTION_DS, FAILOVER_CAPABILITY, SUGGESTED_CONTROL_SEQUENCE);
        must(MessageType.SCCCN).may(CHALLENGE_RESPONSE);
        must(MessageType.STOPCCN, ASSIGNED_TUNNEL_ID, RESULT_CODE);
        must(MessageType.HELLO);
        must(MessageType.ICRQ, ASSIGNED_SESSION_ID, CALL_SERIAL_NUMBER)
                .may(BEARER_TYPE, PHYSICAL_CHANNEL_ID, CALLING_NUMBER, CALLED_NUMBER, SUB_ADDRESS, SESSION_DS,
                        CONNECT_SPEED_UPDATE_ENABLE)
                // RFC 3308 section 4: it may help to tell one session from another.
                .may(PROXY_AUTHEN_NAME)
                .mayDescribeTheAccessLine();
        must(MessageType.ICRP, ASSIGNED_SESSION_ID).may(SESSION_DS);
        must(MessageType.ICCN, TX_CONNECT_SPEED, FRAMING_TYPE)
                .may(INITIAL_RECEIVED_LCP_CONFREQ, LAST_SENT_LCP_CONFREQ, LAST_RECEIVED_LCP_CONFREQ, PROXY_AUTHEN_TYPE,
                        PROXY_AUTHEN_NAME, PROXY_AUTHEN_CHALLENGE, PROXY_AUTHEN_ID, PROXY_AUTHEN_RESPONSE,
                        PRIVATE_GROUP_ID, RX_CONNECT_SPEED, SEQUENCING_REQUIRED, LCP_WANT_OPTIONS, LCP_ALLOW_OPTIONS);
        must(MessageType.OCRQ, ASSIGNED_SESSION_ID, CALL_SERIAL_NUMBER, MINIMUM_BPS, MAXIMUM_BPS, BEARER_TYPE,
                FRAMING_TYPE, CALLED_NUMBER)
                .may(SUB_ADDRESS, SESSION_DS, PROXY_AUTHEN_NAME);
        must(MessageType.OCRP, ASSIGNED_SESSION_ID).may(PHYSICAL_CHANNEL_ID, SESSION_DS);
        must(MessageType.OCCN, TX_CONNECT_SPEED, FRAMING_TYPE)
                .may(RX_CONNECT_SPEED, SEQUENCING_REQUIRED, LCP_WANT_OPTIONS, LCP_ALLOW_OPTIONS);
        must(MessageType.CDN, RESULT_CODE, ASSIGNED_SESSION_ID).may(Q931_CAUSE, DISCONNECT_CAUSE);
        must(MessageType.WEN, CALL_ERRORS);
        must(MessageType.SLI, ACCM).may(LNS_LAST_SENT_LCP_CONFREQ, LNS_LAST_RECEIVED_LCP_CONFREQ);
        must(MessageType.FSQ, FAILOVER_SESSION_STATE);
        must(MessageType.FSR, FAILOVER_SESSION_STATE);
        must(MessageType.CSUN, CONNECT_SPEED_UPDATE);
        must(MessageType.CSURQ, CONNECT_SPEED_UPDATE);
    }

    private static final MessageRules NONE = new MessageRules(Set.of(), Set.of());

    static MessageRules of(MessageType type) {
        return RULES.getOrDefault(type, NONE);
    }

    static MessageRules of(ProtocolVersion version, MessageType type) {
        return version == ProtocolVersion.V2 ? of(type) : MessageRulesOfVersion3.RULES.getOrDefault(type, NONE);
    }

    List<AvpType> missing(Set<AvpType> present) {
        return present.containsAll(required) ? List.of()
                : required.stream().filter(type -> !present.contains(type)).toList();
    }

    List<AvpType> misplaced(Set<AvpType> present) {
        List<AvpType> found = new ArrayList<>(0);
        for (AvpType type : present) {
            if (!required.contains(type) && !optional.contains(type)) {
                found.add(type);
            }
        }
        return found;
    }

    /** RFC 5515 and 3437 leave the M bit of their attributes to the sender. */
    static boolean isWrongMandatoryBit(MessageType message, AvpType type, boolean mandatory) {
        if (type == MESSAGE_TYPE) {
            return message.mandatory() != mandatory;
        }
        boolean free = type.ofAccessLine() || type == CONNECT_SPEED_UPDATE || type == CONNECT_SPEED_UPDATE_ENABLE
                || type == LCP_WANT_OPTIONS || type == LCP_ALLOW_OPTIONS;
        return !free && type.mandatory() != mandatory;
    }

    private static MessageRules must(MessageType message, AvpType... types) {
        MessageRules rules = new MessageRules(EnumSet.noneOf(AvpType.class),
                EnumSet.of(MESSAGE_TYPE, RANDOM_VECTOR));
        rules.required.addAll(List.of(types));
        RULES.put(message, rules);
        return rules;
    }

    private MessageRules may(AvpType... types) {
        optional.addAll(List.of(types));
        return this;
    }

    private void mayDescribeTheAccessLine() {
        for (AvpType type : AvpType.values()) {
            if (type.ofAccessLine()) {
                optional.add(type);
            }
        }
    }
}
