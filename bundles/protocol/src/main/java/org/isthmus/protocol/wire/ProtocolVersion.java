package org.isthmus.protocol.wire;

/** The versions of L2TP: RFC 2661 and RFC 3931. */
public enum ProtocolVersion {
    /** L2TPv2, RFC 2661. */
    V2(2, "L2TPv2"),
    /** L2TPv3, RFC 3931. */
    V3(3, "L2TPv3");

    private final int number;
    private final String words;

    ProtocolVersion(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /** What stands in the Ver field of a header. */
    public int number() {
        return number;
    }

    /** The version for an operator: L2TPv2 or L2TPv3. */
    public String words() {
        return words;
    }
}
