package org.isthmus.core.desired;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.isthmus.core.desired.Change.Kind;

/** Finds what differs between two sets of blocks and the profiles around them, in time that grows with their number. */
final class StateDifference {
    private final Profiles before;
    private final Profiles after;
    private final List<Change> removed = new ArrayList<>();
    private final List<Change> others = new ArrayList<>();
    private final List<Change> tunnels = new ArrayList<>();

    StateDifference(Profiles before, Profiles after) {
        this.before = before;
        this.after = after;
    }

    /** The blocks of one source, by title. */
    void source(Map<String, Block> old, Map<String, Block> now) {
        old.forEach((title, block) -> {
            if (!now.containsKey(title)) {
                removed.add(Change.removed("", block));
            }
        });
        now.forEach((title, block) -> {
            Block was = old.get(title);
            if (block.type() == Schema.TUNNEL) {
                tunnel(was, block);
            } else {
                other(was, block);
            }
        });
    }

    /** Removals first, then profiles and pools, then tunnels. */
    List<Change> changes() {
        List<Change> all = new ArrayList<>(removed);
        all.addAll(others);
        all.addAll(tunnels);
        return all;
    }

    private void other(Block was, Block block) {
        BlockType type = block.type();
        Settings old = was == null ? Settings.EMPTY : was.settings();
        SettingsDifference difference = type.profile() ? SettingsDifference.written(old, block.settings())
                : SettingsDifference.between(old, block.settings());
        if (was == null) {
            others.add(new Change(Kind.CREATED, "", block, difference));
        } else if (!difference.isEmpty() || !was.sameAs(block)) { // what stands inside it may have changed too
            boolean remade = type == Schema.SYSTEM && !difference.isLive();
            others.add(new Change(remade ? Kind.REMADE : Kind.CHANGED, "", block, difference));
        }
    }

    private void tunnel(Block was, Block block) {
        if (was == null) {
            tunnels.add(Change.created("", block));
            return;
        }
        if (before == after && was.sameAs(block)) {
            return;
        }
        ResolvedTunnel old = before.tunnel(was.settings());
        ResolvedTunnel now = after.tunnel(block.settings());
        SettingsDifference difference = SettingsDifference.between(old.settings(), now.settings());
        if (!difference.isLive()) {
            tunnels.add(new Change(Kind.REMADE, "", block, difference));
            return;
        }
        if (!difference.isEmpty()) {
            tunnels.add(new Change(Kind.CHANGED, "", block, difference));
        }
        sessions(was, old, block, now);
    }

    private void sessions(Block was, ResolvedTunnel oldTunnel, Block tunnel, ResolvedTunnel nowTunnel) {
        Map<String, Block> old = new LinkedHashMap<>();
        was.nested().forEach(session -> old.put(session.name(), session));
        List<Change> changes = new ArrayList<>();
        for (Block session : tunnel.nested()) {
            Block wasSession = old.remove(session.name());
            if (wasSession == null) {
                changes.add(Change.created(tunnel.name(), session));
                continue;
            }
            SettingsDifference difference = between(before.session(wasSession.settings(), oldTunnel),
                    after.session(session.settings(), nowTunnel));
            if (!difference.isEmpty()) {
                changes.add(new Change(difference.isLive() ? Kind.CHANGED : Kind.REMADE, tunnel.name(), session,
                        difference));
            }
        }
        old.values().forEach(session -> tunnels.add(Change.removed(tunnel.name(), session)));
        tunnels.addAll(changes);
    }

    private static SettingsDifference between(ResolvedSession old, ResolvedSession now) {
        return SettingsDifference.between(old.settings(), now.settings())
                .and(SettingsDifference.between(old.ppp(), now.ppp()));
    }
}
