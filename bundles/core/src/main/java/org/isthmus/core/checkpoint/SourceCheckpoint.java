package org.isthmus.core.checkpoint;

import java.util.ArrayList;
import java.util.List;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.DesiredState;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.UserSecret;
import org.isthmus.handover.fields.UnreadableException;

/**
 * What one source says should exist.
 *
 * @param name   of the source
 * @param blocks its top-level blocks
 * @param users  its users
 */
public record SourceCheckpoint(String name, List<BlockCheckpoint> blocks, List<User> users) {

    /** A line of the secrets file. */
    public record User(String user, String server, byte[] password, List<String> addresses, String where) {
    }

    public static SourceCheckpoint of(DesiredState state) {
        return new SourceCheckpoint(state.source(), state.blocks().stream().map(BlockCheckpoint::of).toList(),
                state.users().stream().map(line -> new User(line.user(), line.server(), line.password().bytes(),
                        line.addresses(), line.where())).toList());
    }

    /** The same again. */
    public DesiredState toState() throws UnreadableException {
        List<Block> found = new ArrayList<>();
        for (BlockCheckpoint block : blocks) {
            found.add(block.toBlock());
        }
        return new DesiredState(name, found, users.stream().map(line -> new UserSecret(line.user(), line.server(),
                Secret.of(line.password()), line.addresses(), line.where())).toList());
    }
}
