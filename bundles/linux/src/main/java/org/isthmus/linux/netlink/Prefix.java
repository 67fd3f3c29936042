package org.isthmus.linux.netlink;

import java.net.InetAddress;

/**
 * A range of addresses: all that begin with the first {@code length} bits of {@code address}.
 *
 * @param address IPv4 or IPv6
 * @param length 0 to 32 or 0 to 128
 */
public record Prefix(InetAddress address, int length) {

    public Prefix {
        if (length < 0 || length > 8 * address.getAddress().length) {
            throw new IllegalArgumentException("no prefix of " + address.getHostAddress() + " is " + length + " bits long");
        }
    }

    /** The range of this address alone. */
    public static Prefix host(InetAddress address) {
        return new Prefix(address, 8 * address.getAddress().length);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }
}
