package org.isthmus.protocol.wire;

/** Which data packets carry sequence numbers in a session of version 3 (RFC 3931 section 5.4.4, Data Sequencing). */
public enum SequencingLevel implements WireCode {
    /** None. */
    NONE(0, "none"),
    /** All but IP packets. */
    NON_IP(1, "all but IP"),
    /** All. */
    ALL(2, "all");

    private final int code;
    private final String words;

    SequencingLevel(int code, String words) {
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
