package org.isthmus.ppp.negotiation;

/** The states of RFC 1661 section 4.2. */
public enum State {
    /** Waits for the layer below and for an Open. */
    INITIAL("Initial"),
    /** Opened, waits for the layer below. */
    STARTING("Starting"),
    /** The layer below is up, waits for an Open. */
    CLOSED("Closed"),
    /** Ended by the peer or by time; a Configure-Request of the peer starts it again. */
    STOPPED("Stopped"),
    /** Closing, waits for the Terminate-Ack. */
    CLOSING("Closing"),
    /** Ended by the peer, waits until our Terminate-Ack has surely arrived. */
    STOPPING("Stopping"),
    /** Request sent, no Ack sent or received. */
    REQUEST_SENT("Req-Sent"),
    /** Request sent and acknowledged by the peer; its own request is missing. */
    ACK_RECEIVED("Ack-Rcvd"),
    /** The peer's request is acknowledged; its Ack is missing. */
    ACK_SENT("Ack-Sent"),
    /** Both sides agreed. */
    OPENED("Opened");

    private final String label;

    State(String label) {
        this.label = label;
    }

    /** Whether Configure packets go to and fro in this state. */
    public boolean negotiates() {
        return this == REQUEST_SENT || this == ACK_RECEIVED || this == ACK_SENT;
    }

    /** The name that the RFC uses. */
    public String label() {
        return label;
    }
}
