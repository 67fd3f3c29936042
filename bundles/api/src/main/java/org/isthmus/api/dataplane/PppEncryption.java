package org.isthmus.api.dataplane;

/**
 * How the network packets of a PPP session are encrypted: MPPE (RFC 3078), as CCP agreed on it.
 *
 * @param send    what we send
 * @param receive what we receive
 */
public record PppEncryption(Direction send, Direction receive) {

    /**
     * One direction. {@code toString} shows no key.
     *
     * @param bits      128, 56 or 40
     * @param stateless whether each packet has a key of its own; else one in 256
     * @param startKey  16 bytes for 128 bits, else 8 (RFC 3079); not to be changed
     */
    public record Direction(int bits, boolean stateless, byte[] startKey) {
        @Override
        public String toString() {
            return "Direction[bits=" + bits + ", stateless=" + stateless + "]";
        }
    }
}
