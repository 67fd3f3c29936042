package org.isthmus.core.journal;

import java.util.Optional;

import org.isthmus.core.checkpoint.BlockCheckpoint;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.protocol.tunnel.SessionCheckpoint;

/**
 * A session of a tunnel.
 *
 * @param protocol its state machine, if it has one
 * @param live     the rest, if it came so far
 * @param block    of a session that somebody here asked for: what it was made of
 */
public record KeptSession(Optional<SessionCheckpoint> protocol, Optional<LiveSessionCheckpoint> live, Optional<BlockCheckpoint> block) {

    static final String KEY = "s.";

    /** Its key. */
    public static String key(int tunnelId, int sessionId) {
        return KEY + Integer.toUnsignedString(tunnelId) + '.' + Integer.toUnsignedString(sessionId);
    }

    /** The tunnel that a session of this key is in; 0 if it is the key of none. */
    static int tunnelOf(String key) {
        try {
            return Integer.parseUnsignedInt(key.substring(KEY.length(), Math.max(KEY.length(), key.lastIndexOf('.'))));
        } catch (NumberFormatException foreign) {
            return 0;
        }
    }
}
