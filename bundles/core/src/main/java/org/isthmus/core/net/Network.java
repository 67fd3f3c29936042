package org.isthmus.core.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/** One worker's network. Used by that worker's thread only. */
public interface Network {

    /**
     * Opens a port. What arrives is handed to the worker's receiver.
     *
     * @param local the address, maybe a wildcard, and the port, 0 for any free one
     * @throws IOException with the address and the reason in words
     */
    UdpPort open(InetSocketAddress local, PortOptions options) throws IOException;
}
