package org.isthmus.upgrade;

/** Why an upgrade cannot be, or, from what looks at new versions or starts them, what is wrong with those. The message is for the operator. */
final class UpgradeException extends Exception {
    private static final long serialVersionUID = 1;

    UpgradeException(String message) {
        super(message);
    }

    UpgradeException(String message, Throwable cause) {
        super(message, cause);
    }
}
