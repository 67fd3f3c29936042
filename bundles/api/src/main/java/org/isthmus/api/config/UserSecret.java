package org.isthmus.api.config;

import java.util.List;

/**
 * A line of the secrets file, in the manner of chap-secrets: who, towards which server, with which password, from where.
 *
 * @param user      the peer's PPP name, or {@code *} for any
 * @param server    our own name towards it, or {@code *} for any
 * @param password  the password
 * @param addresses the addresses that the user may have; empty or {@code *} for any
 * @param where     file and line, for messages
 */
public record UserSecret(String user, String server, Secret password, List<String> addresses, String where) {
    public UserSecret {
        addresses = List.copyOf(addresses);
    }
}
