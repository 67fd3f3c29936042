package org.isthmus.api.pool;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Who wants an address.
 *
 * @param pool   the pool's name
 * @param user   the PPP user, empty if unknown: a pool tries to give the same user the same address
 * @param wished the address that the peer would like, if it is free
 * @param holder text that names the session in messages
 */
public record LeaseRequest(String pool, String user, Optional<InetAddress> wished, String holder) {
}
