package org.isthmus.ppp;

/** The network protocols that a link can carry. */
public enum NetworkFamily {
    /** IPv4, opened by IPCP (RFC 1332). */
    IPV4(PppProtocol.IPV4, PppProtocol.IPCP),
    /** IPv6, opened by IPV6CP (RFC 5072). */
    IPV6(PppProtocol.IPV6, PppProtocol.IPV6CP);

    private final int dataProtocol;
    private final int controlProtocol;

    NetworkFamily(int dataProtocol, int controlProtocol) {
        this.dataProtocol = dataProtocol;
        this.controlProtocol = controlProtocol;
    }

    /** The PPP protocol number of this family's packets. */
    public int dataProtocol() {
        return dataProtocol;
    }

    /** The PPP protocol number of this family's control protocol. */
    public int controlProtocol() {
        return controlProtocol;
    }
}
