package org.isthmus.ppp.auth;

import java.util.HexFormat;

/**
 * The text of an MS-CHAP Failure packet, RFC 2433 section 6 and RFC 2759 section 6:
 * {@code E=691 R=0 C=0123456789ABCDEF0123456789ABCDEF V=3 M=text}.
 *
 * @param errorCode {@code E=}, up to ten digits
 * @param retryAllowed {@code R=1}
 * @param challenge {@code C=}, the challenge for the next try: 8 (version 1) or 16 octets, or empty
 * @param version {@code V=}, the change-password version
 * @param message {@code M=}, text for people, may be empty
 */
public record MsChapFailure(int errorCode, boolean retryAllowed, byte[] challenge, int version, String message) {
    /** ERROR_RESTRICTED_LOGON_HOURS. */
    public static final int RESTRICTED_LOGON_HOURS = 646;
    /** ERROR_ACCT_DISABLED. */
    public static final int ACCOUNT_DISABLED = 647;
    /** ERROR_PASSWD_EXPIRED. */
    public static final int PASSWORD_EXPIRED = 648;
    /** ERROR_NO_DIALIN_PERMISSION. */
    public static final int NO_DIALIN_PERMISSION = 649;
    /** ERROR_AUTHENTICATION_FAILURE. */
    public static final int AUTHENTICATION_FAILURE = 691;
    /** ERROR_CHANGING_PASSWORD. */
    public static final int CHANGING_PASSWORD = 709;

    /** How often one peer may try on one link when every failure allows another try. */
    public static final int MAX_TRIES = 3;
    private static final int MAX_FIELDS = 16;

    /**
     * Reads a failure text. What is missing or unreadable has the value that RFC 2759 gives it or implies: error 691,
     * no retry, no challenge, version 1, no message. Never throws.
     */
    public static MsChapFailure parse(String text) {
        int messageAt = text.startsWith("M=") ? 0 : text.indexOf(" M=") + 1;
        boolean hasMessage = messageAt > 0 || text.startsWith("M=");
        String fields = hasMessage ? text.substring(0, messageAt) : text;
        int error = AUTHENTICATION_FAILURE;
        boolean retry = false;
        byte[] challenge = {};
        int version = 1;
        for (String field : fields.split(" ", MAX_FIELDS)) {
            String value = field.length() > 2 ? field.substring(2).trim() : "";
            if (field.startsWith("E=")) {
                error = number(value, AUTHENTICATION_FAILURE);
            } else if (field.startsWith("R=")) {
                retry = value.equals("1");
            } else if (field.startsWith("V=")) {
                version = number(value, 1);
            } else if (field.startsWith("C=") && value.matches("([0-9A-Fa-f]{2}){1,64}")) {
                challenge = HexFormat.of().parseHex(value);
            }
        }
        return new MsChapFailure(error, retry, challenge, version, hasMessage ? text.substring(messageAt + 2) : "");
    }

    private static int number(String digits, int otherwise) {
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : otherwise;
    }

    /** The text for the wire. The message comes last, and only with version 3 (RFC 2433 knows none). */
    public String encode() {
        String fields = "E=" + errorCode + " R=" + (retryAllowed ? 1 : 0)
                + (challenge.length == 0 ? "" : " C=" + HexFormat.of().withUpperCase().formatHex(challenge))
                + " V=" + version;
        return version >= 3 ? fields + " M=" + message : fields;
    }

    /** For people: what the error code means, the code, and the peer's message. */
    public String explanation() {
        String meaning = switch (errorCode) {
            case RESTRICTED_LOGON_HOURS -> "not at this hour";
            case ACCOUNT_DISABLED -> "the account is disabled";
            case PASSWORD_EXPIRED -> "the password has expired";
            case NO_DIALIN_PERMISSION -> "no permission to dial in";
            case AUTHENTICATION_FAILURE -> "bad name or password";
            case CHANGING_PASSWORD -> "the password could not be changed";
            default -> "error";
        };
        return meaning + " (E=" + errorCode + ")" + (message.isEmpty() ? "" : ": " + message);
    }

    @Override
    public String toString() {
        return encode();
    }
}
