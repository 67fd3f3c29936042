package org.isthmus.linux.netlink;

import java.net.InetAddress;
import java.util.Arrays;

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

    /** Whether an address begins with these bits. */
    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = length / 8;
        int rest = length % 8;
        return Arrays.equals(ours, 0, whole, theirs, 0, whole)
                && (rest == 0 || (ours[whole] ^ theirs[whole]) >> 8 - rest == 0);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }
}
