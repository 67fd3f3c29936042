package org.isthmus.core.engine;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

import org.isthmus.protocol.tunnel.PeerFacts;
import org.isthmus.protocol.tunnel.PseudowireRequest;
import org.isthmus.protocol.tunnel.Session;
import org.isthmus.protocol.tunnel.TieBreaker;
import org.isthmus.protocol.tunnel.V3Facts;
import org.isthmus.protocol.wire.CallResult;

/**
 * Our own calls for named circuits, in all tunnels. A circuit has one session: when a peer calls for one while ours for it
 * is outstanding, in whichever tunnel, the tie breakers decide (RFC 3931 section 5.4.4). Any thread may use it.
 */
final class Circuits {
    private final Map<Circuit, Call> ours = new ConcurrentHashMap<>();

    /** Peers are known by what they call themselves (RFC 3931 section 3.3). */
    private record Circuit(String hostName, int routerId, String remoteEndId) {
        static Optional<Circuit> of(Session session) {
            PeerFacts peer = session.tunnel().peer().orElse(null);
            return session.pseudowireRequest().filter(wire -> peer != null && !wire.remoteEndId().isEmpty())
                    .map(wire -> new Circuit(peer.hostName(), peer.v3().map(V3Facts::routerId).orElse(0),
                            wire.remoteEndId()));
        }
    }

    private record Call(LiveSession session, OptionalLong tie, boolean up) {
    }

    /** We ask for a session. */
    void asked(Session session, LiveSession live) {
        Circuit.of(session).ifPresent(circuit -> ours.put(circuit, new Call(live, tie(session), false)));
    }

    /** The peer has taken our call. */
    void up(Session session, LiveSession live) {
        Circuit.of(session).ifPresent(circuit -> ours.computeIfPresent(circuit,
                (any, call) -> call.session() == live ? new Call(live, call.tie(), true) : call));
    }

    void over(Session session, LiveSession live) {
        Circuit.of(session).ifPresent(circuit -> ours.computeIfPresent(circuit,
                (any, call) -> call.session() == live ? null : call));
    }

    boolean isEmpty() {
        return ours.isEmpty();
    }

    /** Settles whose call for a circuit counts. Ours that loses is closed; why the peer's loses, or empty if it does not. */
    Optional<String> objection(Session theirs) {
        Call call = Circuit.of(theirs).map(ours::get).orElse(null);
        if (call == null) {
            return Optional.empty();
        }
        if (call.up()) {
            return Optional.of("its circuit has the session " + call.session().title());
        }
        TieBreaker winner = TieBreaker.decide(call.tie(), tie(theirs));
        if (winner != TieBreaker.OURS_WINS) {
            call.session().tunnel().worker().post(() -> call.session().end().close(CallResult.TIE_LOST, ""));
        }
        return winner == TieBreaker.THEIRS_WINS ? Optional.empty()
                : Optional.of("the session " + call.session().title() + " was asked for at the same time");
    }

    private static OptionalLong tie(Session session) {
        return session.pseudowireRequest().map(PseudowireRequest::tieBreaker).orElse(OptionalLong.empty());
    }
}
