package org.isthmus.core.engine;

import org.isthmus.api.Origin;

/**
 * Who a tunnel is.
 *
 * @param tunnelId our identifier, unsigned; version 2 has those up to 65535
 * @param name     for people
 * @param origin   who asked for it
 */
record TunnelIdentity(int tunnelId, String name, Origin origin) {

    /** For messages: {@code "office" tid=4711}. */
    String title() {
        return "\"" + name + "\" tid=" + Integer.toUnsignedString(tunnelId);
    }
}
