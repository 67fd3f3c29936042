package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.NetworkSpec;

import java.net.InetAddress;

/**
 * Which source addresses a peer may use: its own, those of the networks behind it, and with a default route to it all. Immutable; for
 * any thread.
 */
final class SourceFilter {

    private final boolean everything;
    private final boolean anyInet;
    private final boolean anyInet6;
    private final PrefixTable<Boolean> inet = new PrefixTable<>();
    private final PrefixTable<Boolean> inet6 = new PrefixTable<>();

    private SourceFilter(boolean everything, boolean anyInet, boolean anyInet6) {
        this.everything = everything;
        this.anyInet = anyInet;
        this.anyInet6 = anyInet6;
    }

    /** Lets everything pass. */
    static SourceFilter none() {
        return new SourceFilter(true, true, true);
    }

    static SourceFilter of(NetworkSpec network) {
        boolean all = network.defaultRoute();
        SourceFilter filter = new SourceFilter(false,
                all && network.remoteIpv4().isPresent(), all && network.remoteIpv6().isPresent());
        network.remoteIpv4().ifPresent(address -> filter.add(filter.inet, address, 128));
        network.remoteIpv6().ifPresent(address -> filter.add(filter.inet6, address, 128));
        network.routes().forEach(route -> {
            boolean short4 = route.address().getAddress().length == 4;
            filter.add(short4 ? filter.inet : filter.inet6, route.address(), route.length() + (short4 ? 96 : 0));
        });
        return filter;
    }

    boolean accepts(int version, long high, long low) {
        if (everything) {
            return true;
        }
        if (version == 4) {
            return anyInet || inet.find(high, low) != null;
        }
        // The unspecified address is how a peer asks whether an address is free before it has one.
        return anyInet6 || high == 0 && low == 0 || inet6.find(high, low) != null;
    }

    private void add(PrefixTable<Boolean> table, InetAddress address, int length) {
        table.put(IpPacket.high(address), IpPacket.low(address), length, Boolean.TRUE);
    }
}
