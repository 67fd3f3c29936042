package org.isthmus.ppp.mppe;

/**
 * What both ends have agreed on: the two directions of a link may differ.
 *
 * @param send    for what we send
 * @param receive for what we receive
 */
public record Encryption(Way send, Way receive) {

    /** For people. */
    public String words() {
        return send.words().equals(receive.words()) ? "MPPE " + send.words()
                : "MPPE sending " + send.words() + ", receiving " + receive.words();
    }

    /**
     * One direction. {@code toString} shows no key.
     *
     * @param strength  how long the keys are
     * @param stateless whether each packet has a key of its own; else one in 256
     * @param startKey  16 octets, or 8 for less than 128 bits; nobody may change them
     */
    public record Way(MppeStrength strength, boolean stateless, byte[] startKey) {

        /** For people. */
        public String words() {
            return strength.bits() + " bits " + (stateless ? "stateless" : "stateful");
        }

        @Override
        public String toString() {
            return "Way[" + words() + "]";
        }
    }
}
