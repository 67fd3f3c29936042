package org.isthmus.api.config;

import java.net.InetAddress;

/**
 * An address block such as {@code 10.1.0.0/16} or {@code 2001:db8::/32}.
 *
 * @param address the address as written; bits beyond the length may be set
 * @param length  0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Prefix(InetAddress address, int length) {

    /** Null when the text is no address block. */
    static Prefix parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int bits = address.getAddress().length * 8;
        Integer length = slash < 0 ? Integer.valueOf(bits) : ValueTypes.within(text.substring(slash + 1), 0, bits);
        return length == null ? null : new Prefix(address, length);
    }

    /** Whether {@code other} is of the same family and lies inside. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = length / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != theirs[i]) {
                return false;
            }
        }
        int rest = length % 8;
        return rest == 0 || ((mine[whole] ^ theirs[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
    }

    @Override
    public String toString() {
        return Addresses.format(address) + "/" + length;
    }
}
