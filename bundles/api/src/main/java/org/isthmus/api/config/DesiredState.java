package org.isthmus.api.config;

import java.util.List;

/**
 * What one source says should exist. The engine makes the difference true; what another source said stays.
 *
 * @param source  who says it, for messages and as the key of its objects: {@code l2tpd.conf}, {@code console}
 * @param blocks  the top-level blocks; no two of one type and name
 * @param users   the local users of PPP
 */
public record DesiredState(String source, List<Block> blocks, List<UserSecret> users) {
    public DesiredState {
        blocks = List.copyOf(blocks);
        users = List.copyOf(users);
    }

    /** Whether both say the same in the same order, wherever it stands. */
    public boolean sameAs(DesiredState other) {
        if (!source.equals(other.source) || blocks.size() != other.blocks.size() || users.size() != other.users.size()) {
            return false;
        }
        for (int i = 0; i < blocks.size(); i++) {
            if (!blocks.get(i).sameAs(other.blocks.get(i))) {
                return false;
            }
        }
        for (int i = 0; i < users.size(); i++) {
            if (!users.get(i).sameAs(other.users.get(i))) {
                return false;
            }
        }
        return true;
    }
}
