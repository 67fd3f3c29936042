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
}
