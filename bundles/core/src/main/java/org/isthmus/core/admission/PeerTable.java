package org.isthmus.core.admission;

/**
 * Finds things by a peer's address, port and tunnel id, in constant time and without allocating.
 *
 * <p>Addresses are pairs of numbers as in {@link FrontDoor}. The seed keeps peers from choosing addresses that fall into
 * one bucket. Not for use by several threads.
 *
 * @param <V> the things
 */
public final class PeerTable<V> {
    private final long seed;
    private Node<V>[] buckets;
    private int size;

    private static final class Node<V> {
        final long high;
        final long low;
        final long portAndId;
        final V value;
        Node<V> next;

        Node(long high, long low, long portAndId, V value) {
            this.high = high;
            this.low = low;
            this.portAndId = portAndId;
            this.value = value;
        }

        boolean is(long otherHigh, long otherLow, long otherPortAndId) {
            return low == otherLow && portAndId == otherPortAndId && high == otherHigh;
        }
    }

    /** @param seed random, or fixed in a test */
    public PeerTable(long seed) {
        this.seed = seed;
        this.buckets = buckets(16);
    }

    /** What stands under this key, or null. */
    public V find(long high, long low, int port, int peerTunnelId) {
        long portAndId = portAndId(port, peerTunnelId);
        Node<V> node = buckets[bucket(high, low, portAndId)];
        while (node != null && !node.is(high, low, portAndId)) {
            node = node.next;
        }
        return node == null ? null : node.value;
    }

    /** Puts something under a key; what stood there is replaced. */
    public void put(long high, long low, int port, int peerTunnelId, V value) {
        remove(high, low, port, peerTunnelId);
        if (size == buckets.length) {
            grow();
        }
        long portAndId = portAndId(port, peerTunnelId);
        link(new Node<>(high, low, portAndId, value));
        size++;
    }

    /** Takes away what stands under a key; null if nothing does. */
    public V remove(long high, long low, int port, int peerTunnelId) {
        long portAndId = portAndId(port, peerTunnelId);
        int bucket = bucket(high, low, portAndId);
        Node<V> before = null;
        for (Node<V> node = buckets[bucket]; node != null; node = node.next) {
            if (node.is(high, low, portAndId)) {
                if (before == null) {
                    buckets[bucket] = node.next;
                } else {
                    before.next = node.next;
                }
                size--;
                return node.value;
            }
            before = node;
        }
        return null;
    }

    public int size() {
        return size;
    }

    private void grow() {
        Node<V>[] old = buckets;
        buckets = buckets(old.length * 2);
        for (Node<V> head : old) {
            for (Node<V> node = head; node != null;) {
                Node<V> next = node.next;
                link(node);
                node = next;
            }
        }
    }

    private void link(Node<V> node) {
        int bucket = bucket(node.high, node.low, node.portAndId);
        node.next = buckets[bucket];
        buckets[bucket] = node;
    }

    private int bucket(long high, long low, long portAndId) {
        long hash = Mix.mix(Mix.mix(Mix.mix(seed ^ high) ^ low) ^ portAndId);
        return (int) hash & (buckets.length - 1);
    }

    private static long portAndId(int port, int peerTunnelId) {
        return (long) port << 32 | peerTunnelId & 0xffff_ffffL;
    }

    @SuppressWarnings("unchecked") // an array of a generic type cannot be made otherwise
    private static <V> Node<V>[] buckets(int length) {
        return (Node<V>[]) new Node<?>[length];
    }
}
