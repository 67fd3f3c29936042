package org.isthmus.core.switching;

import java.util.Locale;

/**
 * What is known of a call when it is decided where it goes.
 *
 * @param user          the name that the user gave, empty while it is not known
 * @param callingNumber who calls, empty if not known
 * @param calledNumber  who is called, empty if not known
 */
public record CallFacts(String user, String callingNumber, String calledNumber) {

    /** What follows the last {@code @} of the name, or comes before its first {@code \} or {@code /}; in lower case. */
    public String realm() {
        int at = user.lastIndexOf('@');
        if (at >= 0) {
            return user.substring(at + 1).toLowerCase(Locale.ROOT);
        }
        for (int i = 0; i < user.length(); i++) {
            if (user.charAt(i) == '\\' || user.charAt(i) == '/') {
                return user.substring(0, i).toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }
}
