package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.PROXY_REFUSED;
import static org.isthmus.core.counters.Counter.PROXY_USED;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.isthmus.api.ProxyStatus;
import org.isthmus.api.config.ProxyUse;
import org.isthmus.ppp.PppConfig;
import org.isthmus.ppp.proxy.ProxyJudge;
import org.isthmus.ppp.proxy.ProxyStart;
import org.isthmus.ppp.proxy.ProxyValues;
import org.isthmus.protocol.wire.AvpType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a LAC said of the PPP of a call (RFC 2661 section 4.4.5), and what became of it. */
final class ProxyReport {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyReport.class);
    private static final byte[] NOTHING = {};

    private final ProxyValues values;
    private String outcome = "";

    ProxyReport(ProxyValues values) {
        this.values = values;
    }

    /** Of the AVPs of an ICCN; empty if there are none. */
    static Optional<ProxyReport> of(Map<AvpType, byte[]> avps) {
        return avps.keySet().stream().noneMatch(ProxyReport::isProxy) ? Optional.empty() : Optional.of(new ProxyReport(new ProxyValues(
                Optional.ofNullable(avps.get(AvpType.INITIAL_RECEIVED_LCP_CONFREQ)),
                Optional.ofNullable(avps.get(AvpType.LAST_SENT_LCP_CONFREQ)),
                Optional.ofNullable(avps.get(AvpType.LAST_RECEIVED_LCP_CONFREQ)),
                number(avps.get(AvpType.PROXY_AUTHEN_TYPE)), avps.getOrDefault(AvpType.PROXY_AUTHEN_NAME, NOTHING),
                avps.getOrDefault(AvpType.PROXY_AUTHEN_CHALLENGE, NOTHING), number(avps.get(AvpType.PROXY_AUTHEN_ID)),
                avps.getOrDefault(AvpType.PROXY_AUTHEN_RESPONSE, NOTHING))));
    }

    /** Attributes 26 to 33; what the same message says of LCP's options besides (RFC 3437) is something else. */
    private static boolean isProxy(AvpType type) {
        return type.compareTo(AvpType.INITIAL_RECEIVED_LCP_CONFREQ) >= 0
                && type.compareTo(AvpType.PROXY_AUTHEN_RESPONSE) <= 0;
    }

    private static OptionalInt number(byte[] octets) {
        return octets == null || octets.length != 2 ? OptionalInt.empty()
                : OptionalInt.of(ByteBuffer.wrap(octets).getShort() & 0xffff);
    }

    /** The AVPs that say the same. */
    Map<AvpType, byte[]> avps() {
        Map<AvpType, byte[]> avps = new EnumMap<>(AvpType.class);
        values.initialReceived().ifPresent(octets -> avps.put(AvpType.INITIAL_RECEIVED_LCP_CONFREQ, octets));
        values.lastSent().ifPresent(octets -> avps.put(AvpType.LAST_SENT_LCP_CONFREQ, octets));
        values.lastReceived().ifPresent(octets -> avps.put(AvpType.LAST_RECEIVED_LCP_CONFREQ, octets));
        values.type().ifPresent(type -> avps.put(AvpType.PROXY_AUTHEN_TYPE, octets(type)));
        put(avps, AvpType.PROXY_AUTHEN_NAME, values.name());
        put(avps, AvpType.PROXY_AUTHEN_CHALLENGE, values.challenge());
        values.id().ifPresent(id -> avps.put(AvpType.PROXY_AUTHEN_ID, octets(id)));
        put(avps, AvpType.PROXY_AUTHEN_RESPONSE, values.response());
        return avps;
    }

    private static void put(Map<AvpType, byte[]> avps, AvpType type, byte[] octets) {
        if (octets.length > 0) {
            avps.put(type, octets);
        }
    }

    private static byte[] octets(int number) {
        return ByteBuffer.allocate(2).putShort((short) number).array();
    }

    /** From where PPP starts by what the profile says; empty: anew. */
    Optional<ProxyStart.Taken> start(ProxyUse use, PppConfig config, LiveSession session) {
        if (use == ProxyUse.RENEGOTIATE) {
            outcome = "negotiated anew, as the ppp profile says";
            return Optional.empty();
        }
        ProxyStart start = ProxyJudge.judge(values, config, use == ProxyUse.FORCE);
        if (start instanceof ProxyStart.Refused refused) {
            session.tunnel().worker().count(PROXY_REFUSED);
            outcome = "negotiated anew: " + refused.why();
            LOG.info("session {}: what the LAC negotiated is not used: {}", session.title(), refused.why());
            return Optional.empty();
        }
        session.tunnel().worker().count(PROXY_USED);
        outcome = "PPP started from it";
        return Optional.of((ProxyStart.Taken) start);
    }

    /** The call goes on elsewhere. */
    void passedOn() {
        outcome = "passed on";
    }

    /** The name that the user gave, as it is looked for; empty if none was given. */
    String userName() {
        return values.userName();
    }

    /** What no other call has and what stays the same wherever it goes on to. */
    Optional<String> fingerprint() {
        return values.fingerprint();
    }

    /** For people; neither password nor response. */
    ProxyStatus status() {
        return new ProxyStatus(Words.printable(values.userName()), values.authenticationWords(),
                ProxyValues.words(values.initialReceived()), ProxyValues.words(values.lastSent()),
                ProxyValues.words(values.lastReceived()), outcome);
    }
}
