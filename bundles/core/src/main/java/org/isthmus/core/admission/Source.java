package org.isthmus.core.admission;

/** What is remembered of one source: an IPv4 address or an IPv6 /64. */
final class Source<T> {
    final TokenBucket requests = new TokenBucket();
    final Chain<HalfOpen<T>> halfOpen = new Chain<>();
    final Chain.Link<Source<T>> recency = new Chain.Link<>(this);
    long key;
    Source<T> nextInBucket;
}
