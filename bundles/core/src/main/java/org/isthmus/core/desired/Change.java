package org.isthmus.core.desired;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.Schema;

/**
 * One thing that is to be done. What is said of a tunnel holds for its sessions too: those of a tunnel that is created,
 * removed or made anew are not listed by themselves.
 *
 * @param kind       what is to be done
 * @param tunnel     of a session, the name of its tunnel; else empty
 * @param block      the block as it stands now; of one that is removed, as it stood
 * @param difference what has changed, its own or in a profile that it takes values from; empty unless changed or remade
 */
public record Change(Kind kind, String tunnel, Block block, SettingsDifference difference) {
    /** What is to be done. */
    public enum Kind {
        /** Make it. */
        CREATED,
        /** Take it down and forget it. */
        REMOVED,
        /** Give it the new values while it is up. */
        CHANGED,
        /** Take it down and make it with the new values. */
        REMADE
    }

    static Change created(String tunnel, Block block) {
        return new Change(Kind.CREATED, tunnel, block, SettingsDifference.NONE);
    }

    static Change removed(String tunnel, Block block) {
        return new Change(Kind.REMOVED, tunnel, block, SettingsDifference.NONE);
    }

    /** {@code tunnel "a" session "b"}. */
    public String path() {
        return path(tunnel, block);
    }

    static String path(String tunnel, Block block) {
        return tunnel.isEmpty() ? block.title() : Schema.TUNNEL.keyword() + " \"" + tunnel + "\" " + block.title();
    }

    /** A line for people. */
    public String line() {
        return path() + ": " + switch (kind) {
            case CREATED -> "created" + sessions();
            case REMOVED -> "removed" + sessions();
            case CHANGED -> "changed" + names();
            case REMADE -> (block.type() == Schema.SYSTEM
                    ? "changed, takes effect when the appliance is started again" : "made anew") + names();
        };
    }

    private String names() {
        return difference.isEmpty() ? "" : " (" + difference + ")";
    }

    private String sessions() {
        int count = block.nested().size();
        return count == 0 ? "" : count == 1 ? ", with 1 session" : ", with " + count + " sessions";
    }
}
