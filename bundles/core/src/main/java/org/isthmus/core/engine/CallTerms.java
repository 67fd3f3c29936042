package org.isthmus.core.engine;

import static org.isthmus.api.config.SessionParameters.*;

import java.util.Map;
import java.util.Optional;

import org.isthmus.api.config.SessionType;
import org.isthmus.api.config.Settings;
import org.isthmus.protocol.tunnel.CallRequest;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.OutgoingCall;
import org.isthmus.protocol.wire.AccessLine;
import org.isthmus.protocol.wire.AvpType;

/** From an operator's settings to what is said about a call: by who asks for it, and by the LAC that connects it. */
final class CallTerms {
    private CallTerms() {
    }

    /** What our ICRQ or OCRQ says. */
    static CallRequest request(Settings session, long serial) {
        int bearer = TunnelConfigs.bearer(session.get(BEARER_TYPE));
        String called = session.find(CALLED_NUMBER).orElse("");
        String subAddress = session.find(SUB_ADDRESS).orElse("");
        if (session.get(SESSION_TYPE) == SessionType.LNOC) {
            return new OutgoingCall(serial, session.get(MINIMUM_BPS), session.get(MAXIMUM_BPS), bearer,
                    TunnelConfigs.framing(session.get(FRAMING_TYPE)), called, subAddress);
        }
        return new IncomingCall(serial, bearer, 0, session.find(CALLING_NUMBER).orElse(""), called, subAddress,
                accessLine(session), session.get(SPEED_UPDATES));
    }

    /** What our ICCN says. */
    static ConnectedCall connected(Settings session) {
        return connected(session, TunnelConfigs.framing(session.get(FRAMING_TYPE)));
    }

    /** What our OCCN says: there is no real line here, so its framing is ours, or else what was asked for. */
    static ConnectedCall connected(Settings session, OutgoingCall asked) {
        int common = TunnelConfigs.framing(session.get(FRAMING_TYPE)) & asked.framingType();
        return connected(session, common != 0 ? common : asked.framingType());
    }

    private static ConnectedCall connected(Settings session, int framing) {
        long speed = session.get(CONNECT_SPEED);
        return new ConnectedCall(speed, speed, framing, session.get(SEQUENCING_REQUIRED),
                session.find(PRIV_GROUP_ID).orElse(""), Map.of());
    }

    /** Why we cannot place a call as the peer wants it; empty when we can. */
    static Optional<String> refusal(OutgoingCall call, Settings session) {
        long speed = session.get(CONNECT_SPEED);
        if (speed < call.minimumBps() || call.maximumBps() != 0 && speed > call.maximumBps()) {
            return Optional.of("the connect_speed of session profiles here is " + speed
                    + " bit/s, which is not between the " + call.minimumBps() + " and " + call.maximumBps()
                    + " bit/s asked for");
        }
        return Optional.empty();
    }

    private static AccessLine accessLine(Settings session) {
        AccessLine line = AccessLine.NONE.with(AvpType.AGENT_CIRCUIT_ID, session.find(AGENT_CIRCUIT_ID).orElse(""))
                .with(AvpType.AGENT_REMOTE_ID, session.find(AGENT_REMOTE_ID).orElse(""));
        Optional<Integer> up = session.find(LINE_RATE_UP);
        if (up.isPresent()) {
            line = line.with(AvpType.ACTUAL_RATE_UP, up.get());
        }
        Optional<Integer> down = session.find(LINE_RATE_DOWN);
        return down.isPresent() ? line.with(AvpType.ACTUAL_RATE_DOWN, down.get()) : line;
    }
}
