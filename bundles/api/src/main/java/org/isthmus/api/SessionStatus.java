package org.isthmus.api;

import java.time.Instant;
import java.util.Optional;

import org.isthmus.api.config.SessionType;
import org.isthmus.api.dataplane.SessionDataCounters;

/**
 * A session as it stands. Immutable.
 *
 * @param name          its name: as configured, or made of its id; unique in its tunnel
 * @param tunnelName    its tunnel
 * @param tunnelId      our id of the tunnel
 * @param sessionId     our id, 0 before there is one
 * @param peerSessionId the peer's id, 0 before it is known
 * @param state         its state
 * @param type          who placed the call and which end we are
 * @param origin        who asked for it
 * @param profile       the session profile that applies
 * @param pppProfile    the PPP profile that applies
 * @param interfaceName the interface that its packets use, or empty
 * @param callingNumber the Calling Number AVP, or empty
 * @param calledNumber  the Called Number AVP, or empty
 * @param txSpeed       the connect speed towards the peer's user in bits per second, 0 if unknown
 * @param rxSpeed       the other direction, 0 if unknown
 * @param ppp           its PPP, once started
 * @param created       when it was made
 * @param upSince       since when packets can pass
 * @param retryAt       when it is tried again
 * @param lastCause     why it last went down
 * @param data          what passed
 * @param proxy         what the LAC said about the call's PPP
 * @param switchedTo    the session of another tunnel that its frames go to, {@code tunnel/session}, or empty
 * @param line          what is known of the line and was told about it
 * @param pseudowire    what it carries
 */
public record SessionStatus(String name, String tunnelName, int tunnelId, int sessionId, int peerSessionId,
        SessionState state, SessionType type, Origin origin, String profile, String pppProfile, String interfaceName,
        String callingNumber, String calledNumber, long txSpeed, long rxSpeed, Optional<PppLinkStatus> ppp,
        Instant created, Optional<Instant> upSince, Optional<Instant> retryAt, Cause lastCause,
        SessionDataCounters data, Optional<ProxyStatus> proxy, String switchedTo, LineStatus line,
        PseudowireStatus pseudowire) {

    /** One of PPP in version 2, of which no LAC said anything, and that goes nowhere else. */
    public SessionStatus(String name, String tunnelName, int tunnelId, int sessionId, int peerSessionId,
            SessionState state, SessionType type, Origin origin, String profile, String pppProfile, String interfaceName,
            String callingNumber, String calledNumber, long txSpeed, long rxSpeed, Optional<PppLinkStatus> ppp,
            Instant created, Optional<Instant> upSince, Optional<Instant> retryAt, Cause lastCause,
            SessionDataCounters data) {
        this(name, tunnelName, tunnelId, sessionId, peerSessionId, state, type, origin, profile, pppProfile,
                interfaceName, callingNumber, calledNumber, txSpeed, rxSpeed, ppp, created, upSince, retryAt, lastCause,
                data, Optional.empty(), "", LineStatus.NONE, PseudowireStatus.PPP);
    }

    /** {@code tunnel/session}, which is unique. */
    public String fullName() {
        return tunnelName + "/" + name;
    }
}
