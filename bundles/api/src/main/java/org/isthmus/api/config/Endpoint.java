package org.isthmus.api.config;

import java.util.regex.Pattern;

/**
 * A host, as an address or a name, and a UDP port. A name is resolved by the engine when it is needed, off its workers.
 *
 * @param host an IPv4 or IPv6 address without brackets, or a DNS name
 * @param port 1 to 65535, or 0 where none was given
 */
public record Endpoint(String host, int port) {
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,254}$)[A-Za-z0-9_][A-Za-z0-9_-]{0,62}(?:\\.[A-Za-z0-9_-]{1,63})*\\.?");
    private static final Pattern NUMERIC = Pattern.compile("[\\d.]+");

    /** Null when the text is none. */
    static Endpoint parse(String text) {
        String host = text;
        String port = null;
        int colon = text.indexOf(':');
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                return null;
            }
            host = text.substring(1, end);
            String rest = text.substring(end + 1);
            if (host.indexOf(':') < 0 || !rest.isEmpty() && !rest.startsWith(":")) {
                return null;
            }
            port = rest.isEmpty() ? null : rest.substring(1);
        } else if (colon >= 0 && colon == text.lastIndexOf(':')) {
            host = text.substring(0, colon);
            port = text.substring(colon + 1);
        }
        boolean literal = host.indexOf(':') >= 0 || NUMERIC.matcher(host).matches();
        if (literal ? Addresses.parse(host) == null : !NAME.matcher(host).matches()) {
            return null;
        }
        Integer number = port == null ? Integer.valueOf(0) : ValueTypes.within(port, 1, 65_535);
        return number == null ? null : new Endpoint(host, number);
    }

    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 && port != 0 ? "[" + host + "]" : host;
        return port == 0 ? shown : shown + ":" + port;
    }
}
