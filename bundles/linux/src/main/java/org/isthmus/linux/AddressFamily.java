package org.isthmus.linux;

import java.net.Inet6Address;
import java.net.InetAddress;

/** IPv4 or IPv6, with the number that Linux has for it. */
public enum AddressFamily {

    INET(2, 4),
    INET6(10, 16);

    private final int number;
    private final int addressBytes;

    AddressFamily(int number, int addressBytes) {
        this.number = number;
        this.addressBytes = addressBytes;
    }

    public static AddressFamily of(InetAddress address) {
        return address instanceof Inet6Address ? INET6 : INET;
    }

    /** AF_INET or AF_INET6. */
    public int number() {
        return number;
    }

    /** The length of an address: 4 or 16. */
    public int addressBytes() {
        return addressBytes;
    }
}
