package org.isthmus.core.checkpoint;

import java.time.Instant;
import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.api.Origin;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.pool.Lease;
import org.isthmus.core.state.SavedPpp;
import org.isthmus.protocol.tunnel.ConnectedCall;

/**
 * A session of a live tunnel; what the protocol has of it is in the tunnel's checkpoint.
 *
 * @param sessionId   our identifier
 * @param name        for people; of a session of ours the name of its block
 * @param origin      who asked for it
 * @param created     when it was made
 * @param upSince     since when packets pass
 * @param established whether its call is up
 * @param lastCause   why it goes down
 * @param line        what was said when the call came up, with the speeds of now
 * @param earlier     what passed on paths before the one of now
 * @param nextNumber  where a path goes on that is not the one of now
 * @param limits      how long it may go on
 * @param ppp         its PPP, where packets pass; one that is being set up begins anew
 * @param pppFrames   PPP's own frames that passed
 * @param passing     where its frames go on to
 */
public record LiveSessionCheckpoint(int sessionId, String name, Origin origin, Instant created, Optional<Instant> upSince,
        boolean established, Cause lastCause, Optional<ConnectedCall> line, SessionDataCounters earlier, int nextNumber,
        Optional<Limits> limits, Optional<Ppp> ppp, long pppFrames, Optional<Passing> passing) {

    /**
     * The clocks of a session.
     *
     * @param user       the user that was accepted, empty if nobody was asked
     * @param grant      what it was granted
     * @param started    when they began, 0 or less
     * @param packets    network packets that were seen
     * @param lastPacket when the last was, 0 or less
     */
    public record Limits(String user, AuthVerdict.Grant grant, long started, long packets, long lastPacket) {
    }

    /**
     * PPP that runs here.
     *
     * @param agreed what both ends agreed on
     * @param grant  what the user was granted
     * @param lease  the address that was lent for it
     */
    public record Ppp(SavedPpp agreed, AuthVerdict.Grant grant, Optional<Lease> lease) {
    }

    /**
     * One half of a switched call.
     *
     * @param onward whether it is the second half, in the tunnel to the LNS
     * @param first  the full name of the first half
     * @param pass   of the first half: what is counted so that switches do not lead in a circle
     */
    public record Passing(boolean onward, String first, Optional<String> pass) {
    }
}
