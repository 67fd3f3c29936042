package org.isthmus.core.state;

import java.util.Optional;

import org.isthmus.ppp.PppSnapshot;

/**
 * The PPP of a session as it is kept.
 *
 * @param user the user that was accepted, empty if nobody asked
 * @param pool the pool that lent the peer's address, if one did
 * @param link what both ends agreed on
 */
public record SavedPpp(String user, Optional<String> pool, PppSnapshot link) {
}
