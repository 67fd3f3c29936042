package org.isthmus.protocol.tunnel;

import org.isthmus.protocol.wire.ResultCode;

/** Writes those messages of a control connection that are the same for all that its version does otherwise. */
interface Messages {

    /** Sets the identifier that all later messages carry. */
    void peerTunnelId(int id);

    /** The bare acknowledgement: a ZLB, or the ACK of version 3. */
    byte[] acknowledgement();

    /** HELLO. */
    default byte[] hello() {
        return hello(0);
    }

    /** HELLO, padded to so many octets if it would have less. */
    byte[] hello(int octets);

    /** StopCCN. Hides nothing, so that a peer with another secret can read it too. */
    byte[] stopccn(ResultCode result);

    /** StopCCN that is no larger than the budget, if need be without its error message; null when it cannot be. */
    default byte[] stopccn(ResultCode result, int budgetBytes) {
        byte[] message = stopccn(result);
        if (message.length > budgetBytes) {
            message = stopccn(new ResultCode(result.scope(), result.result(), result.error(), ""));
        }
        return message.length > budgetBytes ? null : message;
    }

    /** The messages of sessions, for the peer whose identifier was set. */
    SessionMessages sessions();
}
