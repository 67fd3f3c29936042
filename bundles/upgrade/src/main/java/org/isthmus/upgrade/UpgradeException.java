package org.isthmus.upgrade;

/** Why an upgrade cannot be; nothing was touched. The message is for the operator. */
final class UpgradeException extends Exception {
    private static final long serialVersionUID = 1;

    UpgradeException(String message) {
        super(message);
    }

    UpgradeException(String message, Throwable cause) {
        super(message, cause);
    }
}
