package org.isthmus.ppp.auth;

/** How a side proves who it is. The order here is from the strongest to the weakest. */
public enum AuthenticationProtocol {
    /** RFC 2759; the only one by which the authenticator proves itself too. */
    MSCHAP_V2("MS-CHAPv2", 0xc223, 0x81),
    /** RFC 1994 with MD5. */
    CHAP_MD5("CHAP-MD5", 0xc223, 0x05),
    /** RFC 2433. */
    MSCHAP_V1("MS-CHAPv1", 0xc223, 0x80),
    /** RFC 1334: the password travels in clear text. */
    PAP("PAP", 0xc023, -1);

    private final String label;
    private final int protocol;
    private final int algorithm;

    AuthenticationProtocol(String label, int protocol, int algorithm) {
        this.label = label;
        this.protocol = protocol;
        this.algorithm = algorithm;
    }

    /** The name as people write it, for example {@code MS-CHAPv2}. */
    public String label() {
        return label;
    }

    /** The PPP protocol number: 0xc023 (PAP) or 0xc223 (CHAP). */
    public int protocol() {
        return protocol;
    }

    /** The CHAP algorithm octet of the LCP option, or -1 for PAP, which has none. */
    public int algorithm() {
        return algorithm;
    }
}
