package org.isthmus.api.dataplane;

/** A data path could not be made; the message says what was tried, why it failed and what to do. */
public final class DataplaneException extends Exception {
    private static final long serialVersionUID = 1L;

    public DataplaneException(String message) {
        super(message);
    }

    public DataplaneException(String message, Throwable cause) {
        super(message, cause);
    }
}
