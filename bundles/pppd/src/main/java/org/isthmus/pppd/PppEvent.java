package org.isthmus.pppd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one of pppd's scripts tells: in one piece that ends with a zero octet, its fields apart by tabs: what happened, the number of
 * the start, interface, our address, the peer's, two name servers, the peer's name. Addresses are of IPv4, or link-local ones of IPv6.
 *
 * @param peerName as the peer gave it, so anything but a zero octet
 */
record PppEvent(Kind kind, long run, String interfaceName, String local, String remote, String dns1, String dns2, String peerName) {
    private static final int FIELDS = 8;

    /** What happened. */
    enum Kind {
        IP_UP("ip-up"), IP_DOWN("ip-down"), IPV6_UP("ipv6-up"), IPV6_DOWN("ipv6-down");

        private static final Map<String, Kind> BY_SCRIPT = Arrays.stream(values()).collect(Collectors.toMap(Kind::script,
                Function.identity()));

        private final String script;

        Kind(String script) {
            this.script = script;
        }

        /** The name of pppd's script. */
        String script() {
            return script;
        }
    }

    /** Empty if it makes no sense. */
    static Optional<PppEvent> parse(byte[] piece) {
        String[] fields = new String(piece, StandardCharsets.UTF_8).split("\t", FIELDS);
        Kind kind = Kind.BY_SCRIPT.get(fields[0]);
        if (kind == null || fields.length != FIELDS || !fields[1].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new PppEvent(kind, Long.parseLong(fields[1]), fields[2], fields[3], fields[4], fields[5], fields[6],
                fields[7]));
    }
}
