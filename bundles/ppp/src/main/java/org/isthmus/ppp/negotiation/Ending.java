package org.isthmus.ppp.negotiation;

/** Why a control protocol ended. */
public enum Ending {
    /** We closed it. */
    CLOSED("closed"),
    /** All Configure-Requests went unanswered. */
    NO_ANSWER("no answer to our Configure-Requests"),
    /** The peer sent a Terminate-Request. */
    PEER_TERMINATED("terminated by the peer"),
    /** The peer does not know the protocol, or one of its basic codes. */
    REJECTED("rejected by the peer"),
    /** The options went to and fro too often, or the open protocol was negotiated anew too often. */
    NOT_CONVERGING("negotiation does not come to an end"),
    /** The peer wants what we cannot do without, or the other way round. */
    NO_AGREEMENT("no agreement");

    private final String text;

    Ending(String text) {
        this.text = text;
    }

    /** In words. */
    public String text() {
        return text;
    }
}
