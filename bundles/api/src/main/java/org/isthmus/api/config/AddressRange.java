package org.isthmus.api.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * IPv4 addresses from {@code first} to {@code last}, both included, as unsigned 32-bit numbers.
 *
 * @param first the lowest address
 * @param last  the highest, not below {@code first}
 */
public record AddressRange(long first, long last) {
    /** How a range is written in a file. */
    public static final ValueType<AddressRange> TYPE = new SimpleType<>(
            "an IPv4 range such as 10.0.0.2-10.0.0.254, or a block such as 10.0.0.0/24",
            AddressRange::parse, AddressRange::toString);

    public AddressRange {
        if (first < 0 || last > 0xffff_ffffL || first > last) {
            throw new IllegalArgumentException("not a range of IPv4 addresses: " + first + " to " + last);
        }
    }

    public long size() {
        return last - first + 1;
    }

    public boolean contains(long address) {
        return address >= first && address <= last;
    }

    public boolean overlaps(AddressRange other) {
        return first <= other.last && other.first <= last;
    }

    /** An address as a number; -1 if it is not IPv4. */
    public static long toNumber(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length != 4 ? -1
                : (bytes[0] & 0xffL) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    }

    public static InetAddress toAddress(long number) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) (number >> 24), (byte) (number >> 16),
                    (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible); // only thrown for a wrong number of bytes
        }
    }

    @Override
    public String toString() {
        return toAddress(first).getHostAddress() + "-" + toAddress(last).getHostAddress();
    }

    /** Null when the text is no range. */
    private static AddressRange parse(String text) {
        int dash = text.indexOf('-');
        if (dash > 0) {
            long first = number(text.substring(0, dash).trim());
            long last = number(text.substring(dash + 1).trim());
            return first < 0 || last < first ? null : new AddressRange(first, last);
        }
        Prefix prefix = Prefix.parse(text);
        long address = prefix == null ? -1 : toNumber(prefix.address());
        if (address < 0) {
            return null;
        }
        long size = 1L << (32 - prefix.length());
        long start = address & -size;
        // A block's network and broadcast addresses confuse old hosts.
        return size <= 2 ? new AddressRange(start, start + size - 1) : new AddressRange(start + 1, start + size - 2);
    }

    private static long number(String text) {
        InetAddress address = Addresses.parse(text);
        return address == null ? -1 : toNumber(address);
    }
}
