package org.isthmus.protocol.tunnel;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.isthmus.protocol.wire.Accm;
import org.isthmus.protocol.wire.CallErrors;
import org.isthmus.protocol.wire.CircuitStatus;

/**
 * All of a session at one moment, in any of its states: a part of {@link TunnelCheckpoint}.
 *
 * @param localId      our session identifier, unsigned
 * @param remoteId     the peer's, unsigned; 0 while not known
 * @param type         what this end is to the call
 * @param state        where it stands
 * @param mayCarryData whether data may be sent
 * @param call         what the ICRQ or OCRQ said
 * @param connected    what the ICCN or OCCN says, with later speeds
 * @param phb          the PHB code that both ends agreed on
 * @param callErrors   what the last WEN said
 * @param accm         what the last SLI said
 * @param terms        of a call of ours: what it is to be
 * @param pseudowire   in version 3 what both ends ask of each other
 * @param tieBreaker   of who asked for a pseudowire
 * @param circuitTold  what the last message said of our circuit
 * @param deadlineIn   when it has to be up, in milliseconds from that moment; Long.MAX_VALUE for never
 */
public record SessionCheckpoint(int localId, int remoteId, CallType type, SessionState state, boolean mayCarryData,
        CallRequest call, Optional<ConnectedCall> connected, OptionalInt phb, Optional<CallErrors> callErrors, Optional<Accm> accm,
        Optional<PseudowireTerms> terms, Optional<PseudowireSnapshot> pseudowire, OptionalLong tieBreaker,
        Optional<CircuitStatus> circuitTold, long deadlineIn) {
}
