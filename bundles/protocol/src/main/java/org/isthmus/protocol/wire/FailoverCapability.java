package org.isthmus.protocol.wire;

/**
 * Failover Capability AVP (RFC 4951 section 5.1): what an end can get back after its failure.
 *
 * <p>Layout: reserved (14 bits), D (1 bit), C (1 bit), Recovery Time (4).
 *
 * @param control            the control connection, by a recovery tunnel
 * @param data               data channels with sequence numbers: the end takes up numbers that jump
 * @param recoveryTimeMillis how long the peer is asked to wait, from the first message that was not acknowledged; 0 to
 *                           2^32-1. Counts only with {@code control}
 */
public record FailoverCapability(boolean control, boolean data, long recoveryTimeMillis) {

    private static final int C = 1;
    private static final int D = 2;

    static FailoverCapability read(Avp avp) {
        int bits = (int) avp.number(0, 2);
        return new FailoverCapability((bits & C) != 0, (bits & D) != 0, avp.number(2, 4));
    }

    int bits() {
        return (control ? C : 0) | (data ? D : 0);
    }

    /** For an operator. */
    public String words() {
        String what = control ? data ? "control and data channel" : "control channel" : data ? "data channel" : "none";
        return control ? what + ", recovery time " + recoveryTimeMillis + " ms" : what;
    }
}
