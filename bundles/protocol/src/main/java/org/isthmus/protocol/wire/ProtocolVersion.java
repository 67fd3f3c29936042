package org.isthmus.protocol.wire;

/** The versions of L2TP. The code is what stands in the Ver field of a header. */
public enum ProtocolVersion implements WireCode {
    /** L2TPv2, RFC 2661. */
    V2(2, "L2TPv2"),
    /** L2TPv3, RFC 3931. */
    V3(3, "L2TPv3");

    private final int code;
    private final String words;

    ProtocolVersion(int code, String words) {
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
