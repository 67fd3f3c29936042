package org.isthmus.api.pool;

import java.net.InetAddress;
import java.util.Optional;

/**
 * An address that is lent.
 *
 * @param pool    the pool's name
 * @param address the peer's address
 * @param gateway our own address on its link, if the pool has one
 * @param holder  who has it, for messages: user, tunnel and session
 */
public record Lease(String pool, InetAddress address, Optional<InetAddress> gateway, String holder) {
}
