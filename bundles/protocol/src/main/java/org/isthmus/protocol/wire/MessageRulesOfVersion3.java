package org.isthmus.protocol.wire;

import static org.isthmus.protocol.wire.AvpType.*;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@link MessageRules} of version 3 (RFC 3931 section 6, RFC 4951). In calls for a PPP pseudowire the attributes of RFC 2661 that
 * tell of PPP and of the caller have a place too, since no document says it otherwise; so have those of RFC 3308.
 */
final class MessageRulesOfVersion3 {

    static final Map<MessageType, MessageRules> RULES = new EnumMap<>(MessageType.class);

    private static final AvpType[] EVERYWHERE = {
        MESSAGE_TYPE, RANDOM_VECTOR, MESSAGE_DIGEST, EXTENDED_VENDOR_ID,
    };
    private static final AvpType[] TERMS = {L2_SPECIFIC_SUBLAYER, DATA_SEQUENCING, TX_CONNECT_SPEED_64,
        RX_CONNECT_SPEED_64};
    private static final AvpType[] CALLER = {BEARER_TYPE, CALLING_NUMBER, CALLED_NUMBER, SUB_ADDRESS, FRAMING_TYPE,
        MINIMUM_BPS, MAXIMUM_BPS};
    private static final AvpType[] PPP = {FRAMING_TYPE, INITIAL_RECEIVED_LCP_CONFREQ, LAST_SENT_LCP_CONFREQ,
        LAST_RECEIVED_LCP_CONFREQ, PROXY_AUTHEN_TYPE, PROXY_AUTHEN_NAME, PROXY_AUTHEN_CHALLENGE, PROXY_AUTHEN_ID,
        PROXY_AUTHEN_RESPONSE, PRIVATE_GROUP_ID, LCP_WANT_OPTIONS, LCP_ALLOW_OPTIONS};

    static {
        must(MessageType.SCCRQ, HOST_NAME, ROUTER_ID, ASSIGNED_CONNECTION_ID, PSEUDOWIRE_CAPABILITIES);
        may(MessageType.SCCRQ, AUTHENTICATION_NONCE, TIE_BREAKER, VENDOR_NAME, RECEIVE_WINDOW_SIZE,
                PREFERRED_LANGUAGE, FAILOVER_CAPABILITY, TUNNEL_RECOVERY, CONTROL_CONNECTION_DS);
        must(MessageType.SCCRP, HOST_NAME, ROUTER_ID, ASSIGNED_CONNECTION_ID, PSEUDOWIRE_CAPABILITIES);
        may(MessageType.SCCRP, AUTHENTICATION_NONCE, VENDOR_NAME, RECEIVE_WINDOW_SIZE, PREFERRED_LANGUAGE,
                FAILOVER_CAPABILITY, SUGGESTED_CONTROL_SEQUENCE, CONTROL_CONNECTION_DS);
        must(MessageType.SCCCN);
        must(MessageType.STOPCCN, RESULT_CODE);
        may(MessageType.STOPCCN, ASSIGNED_CONNECTION_ID);
        must(MessageType.HELLO);
        must(MessageType.ACK);
        for (MessageType request : List.of(MessageType.ICRQ, MessageType.OCRQ)) {
            must(request, LOCAL_SESSION_ID, REMOTE_SESSION_ID, CALL_SERIAL_NUMBER, PSEUDOWIRE_TYPE, REMOTE_END_ID,
                    CIRCUIT_STATUS);
            may(request, ASSIGNED_COOKIE, TIE_BREAKER, PHYSICAL_CHANNEL_ID, SESSION_DS);
            may(request, TERMS);
            may(request, CALLER);
        }
        for (MessageType reply : List.of(MessageType.ICRP, MessageType.OCRP)) {
            must(reply, LOCAL_SESSION_ID, REMOTE_SESSION_ID, CIRCUIT_STATUS);
            may(reply, ASSIGNED_COOKIE, PHYSICAL_CHANNEL_ID, SESSION_DS);
            may(reply, TERMS);
        }
        for (MessageType connected : List.of(MessageType.ICCN, MessageType.OCCN)) {
            must(connected, LOCAL_SESSION_ID, REMOTE_SESSION_ID);
            may(connected, CIRCUIT_STATUS);
            may(connected, TERMS);
            may(connected, PPP);
        }
        must(MessageType.CDN, RESULT_CODE, LOCAL_SESSION_ID, REMOTE_SESSION_ID);
        may(MessageType.CDN, Q931_CAUSE, DISCONNECT_CAUSE);
        must(MessageType.WEN, LOCAL_SESSION_ID, REMOTE_SESSION_ID, CALL_ERRORS);
        must(MessageType.SLI, LOCAL_SESSION_ID, REMOTE_SESSION_ID);
        may(MessageType.SLI, CIRCUIT_STATUS, ACCM, LNS_LAST_SENT_LCP_CONFREQ, LNS_LAST_RECEIVED_LCP_CONFREQ);
        must(MessageType.FSQ, FAILOVER_SESSION_STATE);
        must(MessageType.FSR, FAILOVER_SESSION_STATE);
    }

    private MessageRulesOfVersion3() {
    }

    private static void must(MessageType message, AvpType... types) {
        Set<AvpType> required = EnumSet.noneOf(AvpType.class);
        required.addAll(List.of(types));
        RULES.put(message, new MessageRules(required, EnumSet.copyOf(List.of(EVERYWHERE))));
    }

    private static void may(MessageType message, AvpType... types) {
        RULES.get(message).optional().addAll(List.of(types));
    }
}
