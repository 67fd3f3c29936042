package org.isthmus.core.desired;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.PeerParameters;
import org.isthmus.api.config.Prefix;
import org.isthmus.core.net.IpNumber;

/**
 * Finds the peer profile of an address and a host name. A look-up takes one step for each length of prefix in use,
 * however many profiles there are. Immutable once made.
 */
final class PeerIndex {
    private final Map<Network, Matches> byNetwork = new HashMap<>();
    private final TreeSet<Integer> ipv4Lengths = new TreeSet<>(Comparator.reverseOrder());
    private final TreeSet<Integer> ipv6Lengths = new TreeSet<>(Comparator.reverseOrder());
    private final Map<String, Block> byName = new HashMap<>();
    private final List<Clash> clashes = new ArrayList<>();

    /** Two profiles that fit the same peers; the first one counts. */
    record Clash(Block first, Block second) {
    }

    /** A network: the bits beyond its length are zero. */
    private record Network(boolean ipv4, int length, long high, long low) {
        static Network of(boolean ipv4, int length, long high, long low) {
            if (ipv4) {
                return new Network(true, length, 0, low & mask(32 + length));
            }
            return length <= 64 ? new Network(false, length, high & mask(length), 0)
                    : new Network(false, length, high, low & mask(length - 64));
        }

        /** The upper {@code bits} of 64; of an IPv4 address, which stands in the lower half, those of that half. */
        private static long mask(int bits) {
            return bits == 0 ? 0 : -1L << (64 - bits);
        }
    }

    /** The profiles with one network. */
    private static final class Matches {
        private Block anyName;
        private final Map<String, Block> byName = new HashMap<>(2);
    }

    PeerIndex(Collection<Block> profiles) {
        profiles.forEach(this::add);
    }

    Optional<Block> match(long high, long low, String hostName) {
        String name = key(hostName);
        boolean ipv4 = IpNumber.isIpv4(high, low);
        Block byAddress = null;
        for (int length : ipv4 ? ipv4Lengths : ipv6Lengths) {
            Matches matches = byNetwork.get(network(ipv4, length, high, low));
            if (matches == null) {
                continue;
            }
            Block both = matches.byName.get(name);
            if (both != null) {
                return Optional.of(both);
            }
            byAddress = byAddress == null ? matches.anyName : byAddress;
        }
        return Optional.ofNullable(byAddress == null ? byName.get(name) : byAddress);
    }

    List<Clash> clashes() {
        return clashes;
    }

    OptionalInt requestLimitOf(long high, long low) {
        boolean ipv4 = IpNumber.isIpv4(high, low);
        for (int length : ipv4 ? ipv4Lengths : ipv6Lengths) {
            Matches matches = byNetwork.get(network(ipv4, length, high, low));
            if (matches != null && length > 0) {
                return OptionalInt.of(matches.anyName != null ? limit(matches.anyName)
                        : matches.byName.values().stream().map(PeerIndex::limit).max(NONE_IS_MOST).orElse(0));
            }
        }
        return OptionalInt.empty();
    }

    private static final Comparator<Integer> NONE_IS_MOST =
            Comparator.comparingInt(limit -> limit == 0 ? Integer.MAX_VALUE : limit);

    private static int limit(Block profile) {
        return profile.settings().get(PeerParameters.SCCRQ_RATE_LIMIT);
    }

    private void add(Block profile) {
        List<Prefix> prefixes = profile.settings().find(PeerParameters.PEER_ADDRESS).orElse(List.of());
        Optional<String> hostName = profile.settings().find(PeerParameters.PEER_HOST_NAME).map(PeerIndex::key);
        if (prefixes.isEmpty()) {
            // The profile named default is the last resort, not the profile of a peer of that name.
            if (hostName.isPresent() || !profile.name().equals(Profiles.DEFAULT)) {
                claim(byName.putIfAbsent(hostName.orElse(key(profile.name())), profile), profile);
            }
            return;
        }
        for (Prefix prefix : prefixes) {
            boolean ipv4 = prefix.address().getAddress().length == 4;
            (ipv4 ? ipv4Lengths : ipv6Lengths).add(prefix.length());
            Matches matches = byNetwork.computeIfAbsent(Network.of(ipv4, prefix.length(),
                    IpNumber.high(prefix.address()), IpNumber.low(prefix.address())), network -> new Matches());
            if (hostName.isPresent()) {
                claim(matches.byName.putIfAbsent(hostName.get(), profile), profile);
            } else {
                claim(matches.anyName, profile);
                matches.anyName = matches.anyName == null ? profile : matches.anyName;
            }
        }
    }

    private void claim(Block first, Block profile) {
        if (first != null && first != profile) {
            clashes.add(new Clash(first, profile));
        }
    }

    private static Network network(boolean ipv4, int length, long high, long low) {
        return Network.of(ipv4, length, high, ipv4 ? low & 0xffff_ffffL : low);
    }

    private static String key(String hostName) {
        return hostName.toLowerCase(Locale.ROOT);
    }
}
