package org.isthmus.core.checkpoint;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.core.state.SavedSession;
import org.isthmus.protocol.tunnel.TunnelCheckpoint;

/**
 * A tunnel that has a way to its peer.
 *
 * @param tunnelId  our identifier
 * @param name      for people; of a tunnel of ours the name of its block
 * @param origin    who asked for it
 * @param created   when it was made
 * @param upSince   since when it is up
 * @param wasUp     whether it has ever been up
 * @param announced whether listeners know it
 * @param lastCause why it went down
 * @param port      the place of the port that it shares
 * @param remote    where the peer is
 * @param local     the address that packets leave from, a wildcard if the system chooses it
 * @param own       the place of the port that is its own, if it has one
 * @param dataplane the name of the data plane that it is on, or empty
 * @param mtu       the largest packet that its way is known to take
 * @param kept      whether it is kept on disk too
 * @param recovered when it was recovered last after a failure
 * @param expected  while it is being recovered: the sessions that it had before the failure
 * @param protocol  its state machine; empty for a static one
 * @param sessions  its sessions
 */
public record LiveTunnelCheckpoint(int tunnelId, String name, Origin origin, Instant created, Optional<Instant> upSince,
        boolean wasUp, boolean announced, Cause lastCause, int port, InetSocketAddress remote, InetAddress local, OptionalInt own,
        String dataplane, OptionalInt mtu, boolean kept, Optional<Instant> recovered, List<SavedSession> expected,
        Optional<TunnelCheckpoint> protocol, List<LiveSessionCheckpoint> sessions) {

    /** The same with other places of its ports, and with what else was kept apart from it. */
    public LiveTunnelCheckpoint with(int itsPort, OptionalInt itsOwn, Optional<TunnelCheckpoint> itsProtocol,
            List<LiveSessionCheckpoint> itsSessions) {
        return new LiveTunnelCheckpoint(tunnelId, name, origin, created, upSince, wasUp, announced, lastCause, itsPort, remote, local,
                itsOwn, dataplane, mtu, kept, recovered, expected, itsProtocol, itsSessions);
    }
}
