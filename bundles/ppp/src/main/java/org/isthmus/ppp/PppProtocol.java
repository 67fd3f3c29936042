package org.isthmus.ppp;

/** PPP protocol numbers (IANA "PPP DLL Protocol Numbers"). */
public final class PppProtocol {
    /** Internet Protocol version 4, RFC 1332. */
    public static final int IPV4 = 0x0021;
    /** Internet Protocol version 6, RFC 5072. */
    public static final int IPV6 = 0x0057;
    /** IP Control Protocol, RFC 1332. */
    public static final int IPCP = 0x8021;
    /** IPv6 Control Protocol, RFC 5072. */
    public static final int IPV6CP = 0x8057;
    /** Compression Control Protocol, RFC 1962. */
    public static final int CCP = 0x80fd;
    /** Link Control Protocol, RFC 1661. */
    public static final int LCP = 0xc021;
    /** Password Authentication Protocol, RFC 1334. */
    public static final int PAP = 0xc023;
    /** Link Quality Report, RFC 1989. */
    public static final int LQR = 0xc025;
    /** Challenge Handshake Authentication Protocol, RFC 1994; MS-CHAP too. */
    public static final int CHAP = 0xc223;
    /** Extensible Authentication Protocol, RFC 3748. */
    public static final int EAP = 0xc227;

    private PppProtocol() {
    }

    /** The usual short name, or the number as {@code 0x0123} where none is known here. */
    public static String name(int protocol) {
        return switch (protocol) {
            case IPV4 -> "IPv4";
            case IPV6 -> "IPv6";
            case IPCP -> "IPCP";
            case IPV6CP -> "IPV6CP";
            case CCP -> "CCP";
            case LCP -> "LCP";
            case PAP -> "PAP";
            case LQR -> "LQR";
            case CHAP -> "CHAP";
            case EAP -> "EAP";
            default -> String.format("0x%04x", protocol);
        };
    }
}
