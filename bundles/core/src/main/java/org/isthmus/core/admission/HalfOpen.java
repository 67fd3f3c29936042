package org.isthmus.core.admission;

/**
 * The place of a tunnel that a peer has asked for and that is not yet up. Given back by {@link FrontDoor#close}.
 *
 * @param <T> the tunnel
 */
public final class HalfOpen<T> {
    final long high;
    final long low;
    final int port;
    final int peerTunnelId;
    final HalfOpenPool<T> pool;
    final Source<T> source;
    final Chain.Link<HalfOpen<T>> age = new Chain.Link<>(this);
    final Chain.Link<HalfOpen<T>> ageInSource = new Chain.Link<>(this);
    private final T tunnel;

    HalfOpen(long high, long low, int port, int peerTunnelId, HalfOpenPool<T> pool, Source<T> source, T tunnel) {
        this.high = high;
        this.low = low;
        this.port = port;
        this.peerTunnelId = peerTunnelId;
        this.pool = pool;
        this.source = source;
        this.tunnel = tunnel;
    }

    public T tunnel() {
        return tunnel;
    }
}
