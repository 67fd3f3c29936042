package org.isthmus.api.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Reads and writes literal addresses. A name is never looked up here, since that would block. */
final class Addresses {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9_.-]{1,15})?");
    private static final int GROUPS = 8;

    private Addresses() {
    }

    /** Null when the text is no address. */
    static InetAddress parse(String text) {
        boolean ipv6 = text.indexOf(':') >= 0;
        if (ipv6 ? !IPV6.matcher(text).matches() : !IPV4.matcher(text).matches()) {
            return null;
        }
        try {
            // The brackets forbid the JDK to take a bad IPv6 address for a name.
            return InetAddress.getByName(ipv6 ? "[" + text + "]" : text);
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    /** As RFC 5952 wants it: the longest run of two or more zero groups as {@code ::}. */
    static String format(InetAddress address) {
        return address instanceof Inet6Address ipv6 ? format(ipv6) : address.getHostAddress();
    }

    private static String format(Inet6Address address) {
        byte[] bytes = address.getAddress();
        int runStart = -1;
        int runLength = 1; // a single zero group stays as it is
        int zeros = 0;
        for (int i = 0; i < GROUPS; i++) {
            zeros = group(bytes, i) == 0 ? zeros + 1 : 0;
            if (zeros > runLength) {
                runLength = zeros;
                runStart = i - zeros + 1;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(bytes, i)));
        }
        String host = address.getHostAddress();
        int zone = host.indexOf('%');
        return zone < 0 ? text.toString() : text + host.substring(zone);
    }

    private static int group(byte[] bytes, int index) {
        return (bytes[2 * index] & 0xff) << 8 | bytes[2 * index + 1] & 0xff;
    }
}
