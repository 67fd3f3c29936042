package org.isthmus.protocol.wire;

import java.util.Optional;

/** What a session of version 3 carries: the pseudowire types of IANA that this system knows. */
public enum PseudowireType {
    /** Ethernet frames with one VLAN tag that belongs to the service (RFC 4719). */
    ETHERNET_VLAN(4, "Ethernet VLAN"),
    /** Ethernet frames of a port, tagged or not (RFC 4719). */
    ETHERNET(5, "Ethernet"),
    /** PPP frames. */
    PPP(7, "PPP");

    private final int number;
    private final String words;

    PseudowireType(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** The name for an operator. */
    public String words() {
        return words;
    }

    /** The type with this number, if it is one of those known. */
    public static Optional<PseudowireType> of(int number) {
        for (PseudowireType type : values()) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
