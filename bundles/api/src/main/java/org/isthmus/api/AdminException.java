package org.isthmus.api;

/** An admin operation was refused; the message says what, why, and what to do. */
public final class AdminException extends Exception {
    private static final long serialVersionUID = 1L;

    public AdminException(String message) {
        super(message);
    }
}
