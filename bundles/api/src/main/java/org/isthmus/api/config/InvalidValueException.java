package org.isthmus.api.config;

/** A value that its type does not accept; the message says what was expected and never repeats a secret. */
public final class InvalidValueException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }
}
