package org.isthmus.api.config;

/**
 * A host, as an address or a name, and a UDP port. A name is resolved by the engine when it is needed, off its workers.
 *
 * @param host an IPv4 or IPv6 address without brackets, or a DNS name
 * @param port 1 to 65535, or 0 where none was given
 */
public record Endpoint(String host, int port) {
    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 && port != 0 ? "[" + host + "]" : host;
        return port == 0 ? shown : shown + ":" + port;
    }
}
