package org.isthmus.protocol.wire;

/**
 * Suggested Control Sequence AVP (RFC 4951 section 5.3): where the control channel of a recovered tunnel goes on.
 *
 * <p>Layout: reserved (2), Suggested Ns (2), Suggested Nr (2).
 *
 * @param ns the first Ns of the end that failed, 0 to 65535
 * @param nr what that end expects first, 0 to 65535
 */
public record SuggestedSequence(int ns, int nr) {

    /** What counts where no suggestion was made. */
    public static final SuggestedSequence ZERO = new SuggestedSequence(0, 0);

    static SuggestedSequence read(Avp avp) {
        return new SuggestedSequence((int) avp.number(2, 2), (int) avp.number(4, 2));
    }
}
