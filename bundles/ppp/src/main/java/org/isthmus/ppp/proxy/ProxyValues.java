package org.isthmus.ppp.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.isthmus.ppp.LcpRequests;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.lcp.LcpOptions;
import org.isthmus.ppp.negotiation.ControlPacket;

/**
 * What the end that began a link tells the one that goes on with it, RFC 2661 section 4.4.5. Each part may be missing.
 * The requests are the options of LCP Configure-Requests, without the head of the packet. {@code toString} shows no
 * response.
 *
 * @param initialReceived the first request of the peer (attribute 26)
 * @param lastSent        the request that the peer acknowledged (27)
 * @param lastReceived    the peer's request that was acknowledged (28)
 * @param type            how the peer was asked for a proof (29): one of the constants here, or another number
 * @param name            the name that the peer gave (30), empty if none
 * @param challenge       what the peer was sent (31), empty if nothing
 * @param id              the identifier of the packet with the proof (32), 0 to 255
 * @param response        the value of the CHAP Response, or the password (33), empty if none
 */
public record ProxyValues(Optional<byte[]> initialReceived, Optional<byte[]> lastSent, Optional<byte[]> lastReceived,
        OptionalInt type, byte[] name, byte[] challenge, OptionalInt id, byte[] response) {
    /** Name and password were typed before PPP. */
    public static final int TEXT = 1;
    /** CHAP; with MD5, or with the algorithm that the request names. */
    public static final int CHAP = 2;
    /** PAP. */
    public static final int PAP = 3;
    /** Nobody was asked. */
    public static final int NO_AUTHENTICATION = 4;
    /** MS-CHAP version 1. */
    public static final int MSCHAP_V1 = 5;

    private static final byte[] NOTHING = {};

    /** A link on which nobody was asked for a proof. */
    public static ProxyValues of(byte[] initialReceived, LcpRequests last) {
        return of(initialReceived, last, NO_AUTHENTICATION, NOTHING, NOTHING, OptionalInt.empty(), NOTHING);
    }

    /** A link on which the peer gave a proof that is not judged yet; MS-CHAPv2 goes as CHAP, as it has no number. */
    public static ProxyValues of(byte[] initialReceived, LcpRequests last, AuthenticationAttempt attempt,
            int identifier) {
        OptionalInt id = OptionalInt.of(identifier);
        byte[] name = attempt.nameOctets();
        if (attempt instanceof AuthenticationAttempt.Pap pap) {
            return of(initialReceived, last, PAP, name, NOTHING, id, pap.password());
        }
        if (attempt instanceof AuthenticationAttempt.ChapMd5 chap) {
            return of(initialReceived, last, CHAP, name, chap.challenge(), id, chap.response());
        }
        if (attempt instanceof AuthenticationAttempt.MsChapV1 chap) {
            byte[] value = ByteBuffer.allocate(49).put(chap.lmResponse()).put(chap.ntResponse())
                    .put((byte) (chap.ntResponseUsed() ? 1 : 0)).array();
            return of(initialReceived, last, MSCHAP_V1, name, chap.challenge(), id, value);
        }
        AuthenticationAttempt.MsChapV2 chap = (AuthenticationAttempt.MsChapV2) attempt;
        byte[] value = ByteBuffer.allocate(49).put(chap.peerChallenge()).putLong(0).put(chap.ntResponse())
                .put((byte) chap.flags()).array();
        return of(initialReceived, last, CHAP, name, chap.challenge(), id, value);
    }

    private static ProxyValues of(byte[] initialReceived, LcpRequests last, int type, byte[] name, byte[] challenge,
            OptionalInt id, byte[] response) {
        return new ProxyValues(Optional.of(initialReceived), Optional.of(last.sent()), Optional.of(last.received()),
                OptionalInt.of(type), name, challenge, id, response);
    }

    /** The name for look-ups and people: read as UTF-8, control characters replaced; empty if none was given. */
    public String userName() {
        return ControlPacket.printable(name);
    }

    /**
     * What no other link has, and what stays the same wherever these values are passed on to: the peer's magic number
     * and the challenge. Empty if there is neither.
     */
    public Optional<String> fingerprint() {
        int magic = options(lastReceived).map(LcpOptions::magic).orElse(0);
        return magic == 0 && challenge.length == 0 ? Optional.empty()
                : Optional.of(Integer.toHexString(magic) + ":" + HexFormat.of().formatHex(challenge));
    }

    /** For people: how the peer was asked, such as {@code CHAP-MD5}; empty if that is not said. */
    public String authenticationWords() {
        if (type.isEmpty()) {
            return "";
        }
        Optional<AuthenticationProtocol> demanded = options(lastSent).flatMap(LcpOptions::authentication);
        return switch (type.getAsInt()) {
            case TEXT -> "typed name and password";
            case CHAP -> demanded.filter(protocol -> protocol != AuthenticationProtocol.PAP)
                    .map(AuthenticationProtocol::label).orElse("CHAP");
            case PAP -> "PAP";
            case NO_AUTHENTICATION -> "none";
            case MSCHAP_V1 -> "MS-CHAPv1";
            default -> "type " + type.getAsInt() + demanded.map(protocol -> " (" + protocol.label() + ")").orElse("");
        };
    }

    /** For people: the options of one of the requests; empty if it is missing. */
    public static String words(Optional<byte[]> request) {
        return request.map(octets -> LcpOptions.read(octets).map(LcpOptions::words)
                .orElse("unreadable (" + octets.length + " octets)")).orElse("");
    }

    private static Optional<LcpOptions> options(Optional<byte[]> request) {
        return request.flatMap(LcpOptions::read);
    }

    @Override
    public String toString() {
        return "ProxyValues[" + authenticationWords() + ", name=" + new String(name, StandardCharsets.UTF_8)
                + ", sent=" + words(lastSent) + ", received=" + words(lastReceived) + "]";
    }
}
