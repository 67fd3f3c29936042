package org.isthmus.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.config.AddressRange;
import org.isthmus.api.config.AuthMode;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.PeerParameters;
import org.isthmus.api.config.PoolParameters;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;

/** What several values must be together, once each is right by itself. */
final class Rules {
    private record Owned(AddressRange range, Block pool) {
    }

    private final Problems problems;
    private final Map<String, Settings> tunnelProfiles = new HashMap<>();
    private final List<Owned> ranges = new ArrayList<>();
    private Settings pppDefaults = Settings.EMPTY;

    private Rules(Problems problems) {
        this.problems = problems;
    }

    static void check(List<Block> blocks, Problems problems) {
        Rules rules = new Rules(problems);
        for (Block block : blocks) {
            if (block.type() == Schema.TUNNEL_PROFILE) {
                rules.tunnelProfiles.put(block.name(), block.settings());
            } else if (block.type() == Schema.IPPOOL) {
                rules.checkPool(block);
            } else if (block.type() == Schema.PPP_PROFILE && block.name().equals("default")) {
                rules.pppDefaults = block.settings();
            }
        }
        rules.checkRanges();
        for (Block block : blocks) {
            if (block.type() == Schema.TUNNEL) {
                rules.checkSecret(block, block.settings().get(TunnelParameters.PROFILE), block.settings());
            } else if (block.type() == Schema.PPP_PROFILE) {
                rules.checkPpp(block);
            } else if (block.type() == Schema.PEER_PROFILE && !block.settings().get(PeerParameters.DENY)) {
                rules.checkSecret(block, block.settings().get(PeerParameters.TUNNEL_PROFILE), Settings.EMPTY);
            }
        }
    }

    private void checkPool(Block pool) {
        List<AddressRange> own = pool.settings().get(PoolParameters.RANGES);
        own.forEach(range -> ranges.add(new Owned(range, pool)));
        for (AddressRange reserved : pool.settings().find(PoolParameters.RESERVED).orElse(List.of())) {
            if (own.stream().noneMatch(range -> range.overlaps(reserved))) {
                problems.add(pool.where(), pool.title() + ": reserve " + reserved
                        + " is in none of its ranges: mend reserve or range");
            }
        }
    }

    /** An address that stands in two ranges would be lent twice. */
    private void checkRanges() {
        ranges.sort(Comparator.comparingLong(owned -> owned.range().first()));
        Owned highest = null;
        for (Owned next : ranges) {
            if (highest != null && highest.range().overlaps(next.range())) {
                problems.add(next.pool().where(), next.pool().title() + ": range " + next.range() + " overlaps "
                        + highest.range() + " of " + highest.pool().title() + " (" + highest.pool().where()
                        + "): an address may stand in one range only");
            }
            if (highest == null || next.range().last() > highest.range().last()) {
                highest = next;
            }
        }
    }

    private void checkPpp(Block profile) {
        Settings settings = profile.settings().over(pppDefaults);
        boolean anyMethod = settings.get(PppParameters.AUTH_PAP) || settings.get(PppParameters.AUTH_CHAP)
                || settings.get(PppParameters.AUTH_MSCHAPV1) || settings.get(PppParameters.AUTH_MSCHAPV2);
        if (!anyMethod && settings.find(PppParameters.AUTH_PEER).orElse(false)) {
            problems.add(profile.where(), profile.title() + ": auth_peer is true but every method is off:"
                    + " set one of auth_chap, auth_mschapv2, auth_mschapv1, auth_pap to true");
        }
    }

    private void checkSecret(Block block, String profile, Settings own) {
        Settings all = own.over(tunnelProfiles.getOrDefault(profile, Settings.EMPTY))
                .over(tunnelProfiles.getOrDefault("default", Settings.EMPTY));
        Optional<String> need = all.get(TunnelParameters.AUTH_MODE) == AuthMode.CHALLENGE
                ? Optional.of("auth_mode challenge")
                : all.get(TunnelParameters.HIDE_AVPS) ? Optional.of("hide_avps true") : Optional.empty();
        if (need.isPresent() && !all.isSet(TunnelParameters.SECRET)) {
            problems.add(block.where(), block.title() + " has " + need.get() + " but no secret: set secret in "
                    + (own == Settings.EMPTY ? "" : "it or in ") + "the tunnel profile \"" + profile + "\"");
        }
    }
}
