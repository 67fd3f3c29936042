package org.isthmus.protocol.wire;

/** What the first octets of a datagram say it is, or why it is nothing of ours. */
public enum DatagramKind {
    /** An L2TPv2 control message with a whole header: its fields can be read with {@link Datagram}. */
    CONTROL("L2TPv2 control message"),
    /** An L2TPv2 data message: read it with {@link DataHeader}. */
    DATA("L2TPv2 data message"),
    /** An L2TPv3 control message with a whole header: its fields can be read with {@link Datagram}. */
    CONTROL_V3("L2TPv3 control message"),
    /** An L2TPv3 data message with at least a session identifier. */
    DATA_V3("L2TPv3 data message"),

    /** Fewer octets than the smallest header has. */
    TOO_SHORT("shorter than an L2TP header"),
    /** Version 1: an L2F packet (RFC 2661 section 3.1). */
    L2F("an L2F packet"),
    /** Neither of the versions above. */
    UNKNOWN_VERSION("unknown version in the header"),
    /** A control message whose L bit is 0; it must be 1. */
    CONTROL_WITHOUT_LENGTH("control message without a Length field"),
    /** A control message whose S bit is 0; it must be 1. */
    CONTROL_WITHOUT_SEQUENCE("control message without Ns and Nr"),
    /** A control message whose O bit is 1; it must be 0. */
    CONTROL_WITH_OFFSET("control message with an Offset field"),
    /** The Length field is smaller than the header it stands in. */
    LENGTH_BELOW_HEADER("Length field smaller than the header"),
    /** The Length field says more octets than came. */
    LENGTH_BEYOND_DATAGRAM("Length field larger than the datagram"),
    /** The Offset Size field points beyond the datagram. */
    OFFSET_BEYOND_DATAGRAM("Offset Size field points beyond the datagram");

    private final String words;

    DatagramKind(String words) {
        this.words = words;
    }

    /** True for a control message of either version. */
    public boolean isControl() {
        return this == CONTROL || this == CONTROL_V3;
    }

    /** This kind in words, for an operator. */
    public String words() {
        return words;
    }
}
