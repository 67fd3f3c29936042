package org.isthmus.api.pool;

/**
 * A pool as it stands.
 *
 * @param name      its name
 * @param size      addresses that may be lent
 * @param lent      addresses that are out
 * @param reserved  addresses of its ranges that are never lent
 * @param draining  whether it lends no more
 * @param lends     how often one was lent since the start
 * @param returns   how often one was taken back
 * @param refusals  how often none was free
 */
public record PoolStatus(String name, long size, long lent, long reserved, boolean draining, long lends, long returns,
        long refusals) {
}
