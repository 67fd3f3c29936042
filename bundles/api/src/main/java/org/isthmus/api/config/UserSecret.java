package org.isthmus.api.config;

import java.util.List;

/**
 * A line of the secrets file, in the manner of chap-secrets: who, towards which server, with which password, from where.
 *
 * @param user      the peer's PPP name, or {@code *} for any
 * @param server    our own name towards it, or {@code *} for any
 * @param password  the password
 * @param addresses the addresses that the user may have, each an address, a block such as {@code 10.0.0.0/24}, or
 *                  {@code *} for any, or {@code -} for none; empty for any
 * @param where     file and line, for messages
 */
public record UserSecret(String user, String server, Secret password, List<String> addresses, String where) {
    public UserSecret {
        addresses = List.copyOf(addresses);
    }

    /** Whether both say the same, wherever they stand. */
    public boolean sameAs(UserSecret other) {
        return user.equals(other.user) && server.equals(other.server) && password.equals(other.password)
                && addresses.equals(other.addresses);
    }
}
