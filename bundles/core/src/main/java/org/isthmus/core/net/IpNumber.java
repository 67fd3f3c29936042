package org.isthmus.core.net;

import java.net.InetAddress;

/** Addresses as two numbers: of IPv6 the upper and lower 64 bits, of IPv4 zero and the address. */
public final class IpNumber {
    private IpNumber() {
    }

    /** The upper 64 bits; 0 for IPv4. */
    public static long high(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 ? number(bytes, 0, 8) : 0;
    }

    /** The lower 64 bits; of IPv4 all 32. */
    public static long low(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 ? number(bytes, 8, 16) : number(bytes, 0, 4);
    }

    /** Whether the numbers are an IPv4 address, also one written as IPv6 (::ffff:a.b.c.d). */
    public static boolean isIpv4(long high, long low) {
        return high == 0 && (low >>> 32 == 0 || low >>> 32 == 0xffff);
    }

    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 8 | bytes[i] & 0xff;
        }
        return number;
    }
}
