package org.isthmus.protocol.wire;

/** What a session of version 3 carries: the pseudowire types of IANA that this system knows. */
public enum PseudowireType implements WireCode {
    /** Ethernet frames with one VLAN tag that belongs to the service (RFC 4719). */
    ETHERNET_VLAN(4, "Ethernet VLAN"),
    /** Ethernet frames of a port, tagged or not (RFC 4719). */
    ETHERNET(5, "Ethernet"),
    /** PPP frames. */
    PPP(7, "PPP");

    private final int code;
    private final String words;

    PseudowireType(int code, String words) {
        this.code = code;
        this.words = words;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String words() {
        return words;
    }
}
