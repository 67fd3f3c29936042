package org.isthmus.ppp.ncp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.isthmus.ppp.negotiation.Option;

/** IPv4 addresses to and from the 4 octets of an option. */
final class Addresses {
    private Addresses() {
    }

    static Inet4Address of(Option option) {
        try {
            return (Inet4Address) InetAddress.getByAddress(option.value());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an IPv4 address has 4 octets", e);
        }
    }

    static Option option(int type, Inet4Address address) {
        return new Option(type, address.getAddress());
    }

    static Inet4Address unspecified() {
        return of(Option.of(0, 4, 0));
    }

    /** Whether a host may have this address: not in 0/8, 127/8, multicast or above. */
    static boolean isHost(Inet4Address address) {
        int first = address.getAddress()[0] & 0xff;
        return first != 0 && first != 127 && first < 224;
    }
}
