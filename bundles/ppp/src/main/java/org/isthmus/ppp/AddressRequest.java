package org.isthmus.ppp;

/**
 * A link's question for addresses. Each question is an object of its own: an answer to an older one is ignored.
 */
public final class AddressRequest {
    private final String userName;
    private final boolean ipv4;
    private final boolean ipv6;

    AddressRequest(String userName, boolean ipv4, boolean ipv6) {
        this.userName = userName;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /** The name that the peer proved, empty when none was demanded. */
    public String userName() {
        return userName;
    }

    /** Whether IPv4 addresses are wanted. */
    public boolean ipv4() {
        return ipv4;
    }

    /** Whether IPv6 interface identifiers are wanted. */
    public boolean ipv6() {
        return ipv6;
    }
}
