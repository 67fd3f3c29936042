package org.isthmus.protocol.tunnel;

import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.ResultCode;
import org.isthmus.protocol.wire.WireCode;

/** What version 3 adds to the calls of a tunnel: which pseudowires may be, and ties (RFC 3931 section 5.4.4). */
final class Pseudowires {

    private final ControlConnection connection;
    private final SessionTable sessions;
    private final RandomGenerator random;

    Pseudowires(ControlConnection connection, SessionTable sessions, RandomGenerator random) {
        this.connection = connection;
        this.sessions = sessions;
        this.random = random;
    }

    boolean isVersion3() {
        return connection.version() == ProtocolVersion.V3;
    }

    // Calls of this side

    /** The tunnel is up: settles what a call is to be. Null when it may be asked for, else why not. */
    ResultCode prepare(Session session, PseudowireTerms terms) {
        if (!isVersion3()) {
            return terms.type() == PseudowireType.PPP ? null : unsupported(terms.type().words() + " in version 2");
        }
        session.pseudowire(Pseudowire.placed(terms, random));
        Set<PseudowireType> supported = connection.peer().flatMap(PeerFacts::v3).orElseThrow().pseudowires();
        return supported.contains(terms.type()) ? null : unsupported(terms.type().words());
    }

    private static ResultCode unsupported(String what) {
        return ResultCode.of(CallResult.UNSUPPORTED_PSEUDOWIRE, what);
    }

    /** This side takes a call of the peer. */
    void accept(Session session, PseudowireTerms terms) {
        session.pseudowire().accept(terms, random);
    }

    // Calls of the peer

    /** Whether a request is for a pseudowire to which it does not matter who is LAC and who is LNS. */
    static boolean hasNoRoles(ControlMessage request) {
        return request.version() == ProtocolVersion.V3
                && request.integer(AvpType.PSEUDOWIRE_TYPE, 0) != PseudowireType.PPP.code();
    }

    /** Null when a request is for something that can be, else why not. */
    ResultCode judge(ControlMessage request) {
        int number = request.integer(AvpType.PSEUDOWIRE_TYPE, 0);
        PseudowireType type = WireCode.of(PseudowireType.class, number).orElse(null);
        return type == null || !connection.config().v3().pseudowires().contains(type)
                ? unsupported("pseudowire type " + number) : Pseudowire.offered(type, request).learn(request);
    }

    /** The pseudowire of a request that passed {@link #judge}. */
    Pseudowire offered(ControlMessage request) {
        int number = request.integer(AvpType.PSEUDOWIRE_TYPE, 0);
        Pseudowire pseudowire = Pseudowire.offered(WireCode.of(PseudowireType.class, number).orElseThrow(), request);
        pseudowire.learn(request);
        return pseudowire;
    }

    /** Our session for the same circuit that waits for its reply, or null. A circuit without a name is no circuit. */
    Session tied(ControlMessage request) {
        String remoteEndId = Pseudowire.endIdOf(request);
        if (remoteEndId.isEmpty()) {
            return null;
        }
        for (Session session : sessions.asked()) {
            if (session.state() == SessionState.WAIT_REPLY && session.pseudowire().remoteEndId().equals(remoteEndId)) {
                return session;
            }
        }
        return null;
    }

    /** Who wins; when neither side has a tie breaker both lose. */
    static TieBreaker decide(Session ours, ControlMessage request) {
        OptionalLong theirs = request.uint64(AvpType.TIE_BREAKER);
        TieBreaker decision = TieBreaker.decide(ours.pseudowire().tieBreaker(), theirs);
        return decision == TieBreaker.NO_TIE ? TieBreaker.BOTH_LOSE : decision;
    }
}
