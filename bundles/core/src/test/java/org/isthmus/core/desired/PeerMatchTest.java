package org.isthmus.core.desired;

import static org.isthmus.core.desired.Blocks.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.PeerParameters;
import org.isthmus.api.config.Prefix;
import org.junit.jupiter.api.Test;

class PeerMatchTest {

    private static String match(Profiles profiles, String address, String hostName) {
        try {
            return profiles.peerProfileFor(InetAddress.getByName(address), hostName).map(Block::name).orElse("-");
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Profiles of(Block... blocks) {
        return new Profiles(List.of(blocks));
    }

    @Test
    void theLongestPrefixFits() {
        Profiles profiles = of(peer("all", "peer_ipaddr", "0.0.0.0/0"), peer("ten", "peer_ipaddr", "10.0.0.0/8"),
                peer("host", "peer_ipaddr", "10.1.2.3"), peer("six", "peer_ipaddr", "2001:db8::/32"),
                peer("six-host", "peer_ipaddr", "2001:db8::1"), peer("six-long", "peer_ipaddr", "2001:db8::8:0/112"));
        assertEquals("host", match(profiles, "10.1.2.3", "x"));
        assertEquals("ten", match(profiles, "10.1.2.4", "x"));
        assertEquals("all", match(profiles, "192.0.2.1", "x"));
        assertEquals("six", match(profiles, "2001:db8::2", "x"));
        assertEquals("six-host", match(profiles, "2001:db8::1", "x"));
        assertEquals("six-long", match(profiles, "2001:db8::8:77", "x"));
        assertEquals("-", match(profiles, "2001:db9::1", "x"), "0.0.0.0/0 is IPv4 only");
    }

    @Test
    void addressAndNameBeatTheAddressWhichBeatsTheName() {
        Profiles profiles = of(peer("host", "peer_ipaddr", "10.1.2.3"), peer("lac1"),
                peer("both", "peer_ipaddr", "10.0.0.0/8", "peer_host_name", "lac1"), peer("default"));
        assertEquals("both", match(profiles, "10.1.2.3", "lac1"));
        assertEquals("host", match(profiles, "10.1.2.3", "lac2"));
        assertEquals("lac1", match(profiles, "192.0.2.1", "lac1"));
        assertEquals("default", match(profiles, "192.0.2.1", "lac2"));
        assertEquals("default", match(profiles, "10.9.9.9", "lac2"), "an address without its name is no match");
    }

    @Test
    void aHostNameFitsInUpperAndLowerCase() {
        Profiles profiles = of(peer("office", "peer_host_name", "LAC.Example.net"));
        assertEquals("office", match(profiles, "192.0.2.1", "lac.example.NET"));
        assertEquals("-", match(profiles, "192.0.2.1", "office"), "its own name does not count when it gives another");
    }

    @Test
    void withoutADefaultProfileAStrangerHasNone() {
        assertEquals("-", match(of(peer("office")), "192.0.2.1", ""));
        assertEquals("-", match(Profiles.NONE, "192.0.2.1", "default"));
    }

    @Test
    void aProfileMayHaveSeveralAddresses() {
        Profiles profiles = of(peer("office", "peer_ipaddr", "10.1.0.0/16,10.1.2.0/24,2001:db8::1"));
        assertEquals("office", match(profiles, "10.1.2.3", ""));
        assertEquals("office", match(profiles, "2001:db8::1", ""));
        assertEquals(List.of(), profiles.clashes());
    }

    @Test
    void bitsBeyondThePrefixDoNotMatter() {
        assertEquals("office", match(of(peer("office", "peer_ipaddr", "10.1.2.3/8")), "10.9.9.9", ""));
    }

    @Test
    void theRequestLimitOfAnAddressIsKnownBeforeItsName() {
        Profiles profiles = of(peer("ten", "peer_ipaddr", "10.0.0.0/8", "sccrq_rate_limit", "7"),
                peer("a", "peer_ipaddr", "10.1.0.0/16", "peer_host_name", "a", "sccrq_rate_limit", "3"),
                peer("b", "peer_ipaddr", "10.1.0.0/16", "peer_host_name", "b", "sccrq_rate_limit", "5"),
                peer("c", "peer_ipaddr", "10.2.0.0/16", "peer_host_name", "c", "sccrq_rate_limit", "5"),
                peer("d", "peer_ipaddr", "10.2.0.0/16", "peer_host_name", "d"), peer("default"));
        assertEquals(OptionalInt.of(7), profiles.requestLimitOf(0, 0x0a030001));
        assertEquals(OptionalInt.of(5), profiles.requestLimitOf(0, 0x0a010001));
        assertEquals(OptionalInt.of(0), profiles.requestLimitOf(0, 0x0a020001), "no limit is the greatest");
        assertEquals(OptionalInt.of(7), profiles.requestLimitOf(0, 0xffff_0a03_0001L), "::ffff:10.3.0.1");
        assertEquals(OptionalInt.empty(), profiles.requestLimitOf(0, 0x0b000001), "the default profile knows nobody");
    }

    @Test
    void aProfileForEverybodyMakesNobodyKnown() {
        Profiles profiles = of(peer("all", "peer_ipaddr", "0.0.0.0/0,::/0", "sccrq_rate_limit", "7"),
                peer("ten", "peer_ipaddr", "10.0.0.0/8"));
        assertEquals("all", match(profiles, "192.0.2.1", ""));
        assertEquals("all", match(profiles, "2001:db8::1", ""));
        assertEquals(OptionalInt.empty(), profiles.requestLimitOf(0, 0xc0000201L));
        assertEquals(OptionalInt.empty(), profiles.requestLimitOf(0x2001_0db8_0000_0000L, 1));
        assertEquals(OptionalInt.of(0), profiles.requestLimitOf(0, 0x0a000001));
    }

    @Test
    void aMatchDoesNotWalkTenThousandProfiles() {
        List<Block> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(peer("p" + i, "peer_ipaddr", "10." + i / 250 + "." + i % 250 + ".1"));
            many.add(peer("n" + i));
        }
        Profiles profiles = new Profiles(many);
        assertTimeout(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 200_000; i++) {
                profiles.peerProfileFor(InetAddress.getByAddress(new byte[] {10, 3, (byte) i, 1}), "n77");
            }
        });
        assertEquals("p877", match(profiles, "10.3.127.1", "n77"));
        assertEquals("n77", match(profiles, "11.3.127.1", "n77"));
    }

    @Provide
    Arbitrary<List<Block>> profiles() {
        Arbitrary<String> prefixes = Combinators.combine(Arbitraries.integers().between(0, 3),
                Arbitraries.integers().between(0, 3), Arbitraries.of(0, 7, 8, 9, 15, 16, 23, 24, 31, 32))
                .as((b, d, length) -> "10." + b + ".0." + d + "/" + length);
        Arbitrary<String> names = Arbitraries.of("", "a", "b");
        return Combinators.combine(prefixes, names).as((prefix, name) -> name.isEmpty()
                ? new String[] {"peer_ipaddr", prefix} : new String[] {"peer_ipaddr", prefix, "peer_host_name", name})
                .list().ofMaxSize(12).map(lists -> {
                    List<Block> blocks = new ArrayList<>();
                    lists.forEach(words -> blocks.add(peer("p" + blocks.size(), words)));
                    return blocks;
                });
    }

    /** A walk over all profiles with the rule as the manual says it comes to the same. */
    @Property(tries = 300)
    void findsWhatAWalkFinds(@ForAll("profiles") List<Block> blocks) throws UnknownHostException {
        Profiles profiles = new Profiles(blocks);
        for (int b = 0; b < 4; b++) {
            for (int d = 0; d < 4; d++) {
                InetAddress address = InetAddress.getByAddress(new byte[] {10, (byte) b, 0, (byte) d});
                for (String name : List.of("a", "b", "c")) {
                    assertEquals(walk(blocks, address, name), match(profiles, address.getHostAddress(), name));
                }
            }
        }
    }

    private static String walk(List<Block> blocks, InetAddress address, String name) {
        Block best = null;
        int bestRank = -1;
        for (Block block : blocks) {
            boolean named = block.settings().isSet(PeerParameters.PEER_HOST_NAME);
            Prefix prefix = block.settings().get(PeerParameters.PEER_ADDRESS).get(0);
            if (prefix.contains(address)
                    && (!named || block.settings().get(PeerParameters.PEER_HOST_NAME).equals(name))) {
                int rank = (named ? 100 : 0) + prefix.length();
                if (rank > bestRank) {
                    best = block;
                    bestRank = rank;
                }
            }
        }
        return best == null ? "-" : best.name();
    }
}
