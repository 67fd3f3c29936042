package org.isthmus.handover.fields;

/** A record that cannot be used: what is missing, or cannot be what it should be. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    public UnreadableException(String why) {
        super(why);
    }
}
