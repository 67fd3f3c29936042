package org.isthmus.api;

/**
 * What a LAC said about the PPP of a call that it brings (RFC 2661 section 4.4.5), in words. Immutable; holds neither
 * password nor response.
 *
 * @param userName        the name that the user gave, or empty
 * @param authentication  how the user was asked, such as {@code CHAP-MD5}; empty if the LAC did not say
 * @param initialReceived the options of the user's first LCP request, or empty
 * @param lastSent        the options that the LAC asked for in our place, or empty
 * @param lastReceived    the options that the user was granted, or empty
 * @param outcome         what was made of it: used, passed on, or why it was not used; empty before that is known
 */
public record ProxyStatus(String userName, String authentication, String initialReceived, String lastSent,
        String lastReceived, String outcome) {
}
