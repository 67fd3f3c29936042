/**
 * Control connections and their sessions as state machines (RFC 2661 sections 5 to 7, RFC 3931 sections 3 to 7).
 *
 * <p>Start with {@link org.isthmus.protocol.tunnel.Tunnel}. One tunnel is driven from one thread; what it
 * wants done it says to its {@link org.isthmus.protocol.tunnel.TunnelObserver} before the call returns.
 */
@Export
@Version("2.1.0")
package org.isthmus.protocol.tunnel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
