package org.isthmus.core.engine;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.isthmus.protocol.tunnel.TieBreaker;

/**
 * Our own requests for tunnels that were not answered yet, by the peer's address. When a peer asks for a tunnel while
 * ours to it is outstanding, the tie breakers decide which stays (RFC 2661 section 4.4.3). Any thread may use it.
 */
final class OutstandingRequests {
    private final Map<InetAddress, List<Request>> byPeer = new ConcurrentHashMap<>();

    /** One of ours. */
    record Request(OptionalLong tie, LiveTunnel tunnel) {
    }

    void add(InetAddress peer, Request request) {
        byPeer.computeIfAbsent(peer, any -> new CopyOnWriteArrayList<>()).add(request);
    }

    void remove(InetAddress peer, LiveTunnel tunnel) {
        byPeer.computeIfPresent(peer, (any, requests) -> {
            requests.removeIf(request -> request.tunnel() == tunnel);
            return requests.isEmpty() ? null : requests;
        });
    }

    boolean isEmpty() {
        return byPeer.isEmpty();
    }

    /**
     * Settles the tie of a peer's request with ours. Ours that lose are dropped.
     *
     * @return whether the peer's request loses, and is to be dropped without a word
     */
    boolean peerLoses(InetAddress peer, OptionalLong theirs) {
        boolean loses = false;
        for (Request ours : byPeer.getOrDefault(peer, List.of())) {
            TieBreaker winner = TieBreaker.decide(ours.tie(), theirs);
            if (winner == TieBreaker.THEIRS_WINS || winner == TieBreaker.BOTH_LOSE) {
                ours.tunnel().worker().execute(ours.tunnel()::loseTie);
            }
            loses |= winner == TieBreaker.OURS_WINS || winner == TieBreaker.BOTH_LOSE;
        }
        return loses;
    }
}
