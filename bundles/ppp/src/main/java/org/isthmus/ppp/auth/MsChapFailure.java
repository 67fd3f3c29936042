package org.isthmus.ppp.auth;

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
}
