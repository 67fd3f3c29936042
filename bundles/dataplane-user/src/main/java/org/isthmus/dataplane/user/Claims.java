package org.isthmus.dataplane.user;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who wants what of an interface: several sessions may share an address or claim the same prefix. The last claim counts; when it
 * is given up the one before it counts again. For one thread.
 */
final class Claims<K> {

    private final Map<K, List<PppSession>> claims = new HashMap<>();

    /** Adds a claim; true if it is the first to this key. A second one of the same session changes nothing. */
    boolean add(K key, PppSession session) {
        List<PppSession> holders = claims.computeIfAbsent(key, any -> new ArrayList<>(1));
        boolean first = holders.isEmpty();
        if (!holders.contains(session)) {
            holders.add(session);
        }
        return first;
    }

    /** Takes a claim back; true if it was the last to this key. */
    boolean remove(K key, PppSession session) {
        List<PppSession> holders = claims.get(key);
        if (holders == null || !holders.remove(session) || !holders.isEmpty()) {
            return false;
        }
        claims.remove(key);
        return true;
    }

    /** The session whose claim counts, or null. */
    PppSession holder(K key) {
        List<PppSession> holders = claims.get(key);
        return holders == null ? null : holders.get(holders.size() - 1);
    }
}
