package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The challenges that this system has sent and that are not answered yet.
 *
 * <p>The same secret serves both directions, so a peer without it could send our own challenge back to us on
 * another tunnel and copy our answer. A challenge that stands in here is therefore refused when a peer sends it.
 * One book is shared by all tunnels of the system; it may be used from any thread. It holds at most one entry
 * per tunnel being set up.
 */
public final class ChallengeBook {

    private final Set<ByteBuffer> outstanding = ConcurrentHashMap.newKeySet();

    void add(byte[] challenge) {
        outstanding.add(ByteBuffer.wrap(challenge));
    }

    void remove(byte[] challenge) {
        outstanding.remove(ByteBuffer.wrap(challenge));
    }

    boolean contains(byte[] challenge) {
        return outstanding.contains(ByteBuffer.wrap(challenge));
    }

    /** Challenges that are not answered yet. */
    public int size() {
        return outstanding.size();
    }
}
