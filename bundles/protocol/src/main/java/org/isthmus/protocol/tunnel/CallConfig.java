package org.isthmus.protocol.tunnel;

import java.nio.charset.StandardCharsets;
import org.isthmus.protocol.wire.PseudowireType;

/**
 * What a LAC says about a call that it places.
 *
 * @param sessionId a fixed local session identifier, unsigned, in version 2 up to 65535; or 0 to draw one at random
 * @param request   what the ICRQ says
 * @param connected what the ICCN says
 * @param terms     what a session of version 3 is to be; in version 2 only PPP can be had
 */
public record CallConfig(int sessionId, IncomingCall request, ConnectedCall connected, PseudowireTerms terms) {

    /** Octets that a text or an opaque value may have, so that all of them fit into one message, hidden or not. */
    private static final int MAX_VALUE_BYTES = 400;

    /** Throws IllegalArgumentException for a value that is too long to send. */
    public CallConfig {
        check("calling number", request.callingNumber());
        check("called number", request.calledNumber());
        check("sub-address", request.subAddress());
        check("private group", connected.privateGroupId());
        connected.proxy().forEach((type, value) -> check(type.title(), value.length));
        request.accessLine().values().forEach((type, value) -> check(type.title(), value.length));
    }

    /** A PPP session. */
    public CallConfig(int sessionId, IncomingCall request, ConnectedCall connected) {
        this(sessionId, request, connected, PseudowireTerms.of(PseudowireType.PPP));
    }

    static void check(String name, String text) {
        check(name, text.getBytes(StandardCharsets.UTF_8).length);
    }

    private static void check(String name, int bytes) {
        if (bytes > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException(name + " has " + bytes + " octets, at most " + MAX_VALUE_BYTES
                    + " can be sent");
        }
    }
}
