package org.isthmus.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tunnels and sessions of the engine at one moment.
 *
 * @param tunnels  by name
 * @param sessions by {@code tunnel/session}
 * @param defects  exceptions in the engine itself so far
 */
record Census(Map<String, Tunnel> tunnels, Map<String, Session> sessions, long defects) {
    private static final String UP = "ESTABLISHED";
    /** So many sessions may end by a CDN while it is looked, of each hundred, and so many anyway; more is no chance. */
    private static final int CHANCE_PERCENT = 5;
    private static final int CHANCE = 3;

    /** What tunnels and sessions have in common. */
    private sealed interface Peering {
        int id();

        int peerId();

        String state();

        default boolean isUp() {
            return state().equals(UP);
        }
    }

    /**
     * A tunnel.
     *
     * @param id      ours
     * @param peerId  the peer's
     * @param state   its state
     * @param cdns    CDNs sent and received
     * @param byPeer  whether the peer ended it
     * @param isQuiet whether the peer has acknowledged all that was sent
     */
    record Tunnel(int id, int peerId, String state, long cdns, boolean byPeer, boolean isQuiet) implements Peering {
    }

    /**
     * A session.
     *
     * @param id       ours
     * @param peerId   the peer's
     * @param state    its state
     * @param received data packets
     */
    record Session(int id, int peerId, String state, long received) implements Peering {
    }

    /**
     * What has become worse, in words: tunnels and sessions that were up and are not, or have other identifiers. Sessions that ended
     * by a CDN meanwhile, a few, are the users' own doing.
     */
    List<String> lostSince(Census before) {
        List<String> lost = new ArrayList<>();
        before.tunnels.forEach((name, tunnel) -> {
            Tunnel now = tunnels.get(name);
            if (tunnel.isUp() && (now == null || !now.byPeer())) {
                String change = change(tunnel, now);
                if (!change.isEmpty()) {
                    lost.add("tunnel \"" + name + "\" " + change);
                }
            }
        });
        lost.addAll(lostSessions(before));
        return lost;
    }

    private List<String> lostSessions(Census before) {
        List<String> lost = new ArrayList<>();
        before.sessions.forEach((name, session) -> {
            Session now = sessions.get(name);
            if (session.isUp()) {
                String change = change(session, now);
                if (!change.isEmpty()) {
                    lost.add("session \"" + name + "\" " + change);
                }
            }
        });
        long ended = tunnels.entrySet().stream().mapToLong(entry -> entry.getValue().cdns()
                - (before.tunnels.containsKey(entry.getKey()) ? before.tunnels.get(entry.getKey()).cdns() : 0)).filter(cdns -> cdns > 0).sum();
        boolean byChance = lost.size() <= ended && lost.size() <= Math.max(CHANCE, before.sessions.size() * CHANCE_PERCENT / 100);
        return byChance ? List.of() : lost;
    }

    /** What has become worse of one that was up, in words, or an empty text; null is one that is gone. */
    private static String change(Peering before, Peering now) {
        if (now == null) {
            return "is gone";
        }
        if (!now.isUp()) {
            return "is not up any more";
        }
        return now.id() == before.id() && now.peerId() == before.peerId() ? "" : "has other identifiers";
    }

    long tunnelsUp() {
        return tunnels.values().stream().filter(Tunnel::isUp).count();
    }

    long sessionsUp() {
        return sessions.values().stream().filter(Session::isUp).count();
    }
}
