package org.isthmus.api.config;

import java.net.InetAddress;
import java.util.List;

/** What stands in an {@code ippool}. */
public final class PoolParameters {
    public static final Parameter<List<AddressRange>> RANGES = Parameter.<List<AddressRange>>optional("range",
            ValueTypes.listOf(AddressRange.TYPE), "The addresses to lend: 10.0.0.2-10.0.0.254, or a block such as"
            + " 10.0.0.0/24, whose first and last address are left out. Several may be given; they must not overlap.")
            .asRequired().asLive().elsewhere("first_addr", "num_addrs", "netmask", "addrblock");
    public static final Parameter<List<AddressRange>> RESERVED = Parameter.<List<AddressRange>>optional("reserve",
            ValueTypes.listOf(AddressRange.TYPE), "Addresses of the ranges that are never lent.").asLive().elsewhere("reserved", "exclude");
    public static final Parameter<InetAddress> GATEWAY = Parameter.optional("gateway", ValueTypes.IPV4_ADDRESS,
            "Our own address on the links of the pool's users. Never lent.");
    public static final Parameter<Integer> MAX_ADDRESSES = Parameter.of("max_addrs",
            ValueTypes.number(0, Integer.MAX_VALUE), 0, "The most addresses lent at a time; 0 for no limit.").asLive();
    public static final Parameter<Boolean> DRAIN = Parameter.of("drain", ValueTypes.BOOLEAN, false,
            "Lend no more addresses, take back those that are out.").asLive();

    static final List<Parameter<?>> ALL = List.of(RANGES, RESERVED, GATEWAY, MAX_ADDRESSES, DRAIN);

    private PoolParameters() {
    }
}
