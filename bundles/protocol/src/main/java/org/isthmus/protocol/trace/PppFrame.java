package org.isthmus.protocol.trace;

import java.nio.ByteBuffer;

/** A PPP frame in a few words: protocol and, of its negotiations, code and identifier. Never what it carries. */
final class PppFrame {

    private static final String[] LCP_CODES = {"", "Configure-Request", "Configure-Ack", "Configure-Nak",
        "Configure-Reject", "Terminate-Request", "Terminate-Ack", "Code-Reject", "Protocol-Reject", "Echo-Request",
        "Echo-Reply", "Discard-Request", "Identification", "Time-Remaining"};
    private static final String[] PAP_CODES = {"", "Authenticate-Request", "Authenticate-Ack", "Authenticate-Nak"};
    private static final String[] CHAP_CODES = {"", "Challenge", "Response", "Success", "Failure"};
    private static final String[] EAP_CODES = {"", "Request", "Response", "Success", "Failure"};

    private PppFrame() {
    }

    static String words(ByteBuffer frame) {
        int at = frame.position();
        int size = frame.remaining();
        if (size >= 2 && (frame.getShort(at) & 0xffff) == 0xff03) {
            at += 2;
        }
        if (frame.limit() - at < 1) {
            return "no PPP frame";
        }
        // An odd first octet is a protocol that was compressed to one.
        int protocol = frame.get(at) & 0xff;
        at++;
        if ((protocol & 1) == 0 && at < frame.limit()) {
            protocol = protocol << 8 | frame.get(at) & 0xff;
            at++;
        }
        return "PPP " + name(protocol) + negotiation(protocol, frame, at) + ", " + Header.octets(size);
    }

    private static String name(int protocol) {
        return switch (protocol) {
            case 0x0021 -> "IPv4";
            case 0x0057 -> "IPv6";
            case 0x003d -> "Multilink";
            case 0x8021 -> "IPCP";
            case 0x8057 -> "IPV6CP";
            case 0x80fd -> "CCP";
            case 0xc021 -> "LCP";
            case 0xc023 -> "PAP";
            case 0xc025 -> "LQR";
            case 0xc223 -> "CHAP";
            case 0xc227 -> "EAP";
            default -> String.format("protocol 0x%04x", protocol);
        };
    }

    private static String negotiation(int protocol, ByteBuffer frame, int at) {
        String[] codes = switch (protocol) {
            case 0x8021, 0x8057, 0x80fd, 0xc021 -> LCP_CODES;
            case 0xc023 -> PAP_CODES;
            case 0xc223 -> CHAP_CODES;
            case 0xc227 -> EAP_CODES;
            default -> null;
        };
        if (codes == null || frame.limit() - at < 2) {
            return "";
        }
        int code = frame.get(at) & 0xff;
        String name = code > 0 && code < codes.length ? codes[code] : "code " + code;
        return " " + name + " id " + (frame.get(at + 1) & 0xff);
    }
}
