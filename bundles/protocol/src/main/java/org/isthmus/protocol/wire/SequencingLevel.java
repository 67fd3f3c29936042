package org.isthmus.protocol.wire;

/** Which data packets carry sequence numbers in a session of version 3 (RFC 3931 section 5.4.4, Data Sequencing). */
public enum SequencingLevel {
    /** None. */
    NONE,
    /** All but IP packets. */
    NON_IP,
    /** All. */
    ALL;

    /** The number on the wire. */
    public int number() {
        return ordinal();
    }

    /** The level with this number; {@link #ALL} for one that is not defined, which asks for too much, not too little. */
    public static SequencingLevel of(int number) {
        return number >= 0 && number < values().length ? values()[number] : ALL;
    }
}
