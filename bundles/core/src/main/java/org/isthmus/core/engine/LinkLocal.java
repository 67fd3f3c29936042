package org.isthmus.core.engine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** The link-local address that belongs to an interface identifier (RFC 5072 section 5): fe80:: and the identifier. */
final class LinkLocal {
    private LinkLocal() {
    }

    static Inet6Address of(long interfaceId) {
        byte[] address = ByteBuffer.allocate(16).putLong(0xfe80L << 48).putLong(interfaceId).array();
        try {
            return (Inet6Address) InetAddress.getByAddress(address);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible); // only thrown for a wrong number of bytes
        }
    }
}
