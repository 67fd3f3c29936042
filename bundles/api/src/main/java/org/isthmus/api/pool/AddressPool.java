package org.isthmus.api.pool;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.config.Block;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Lends addresses to PPP peers and takes them back. Registered as a service; the engine asks those with a higher
 * ranking first. Called from several threads at once; a call must not block.
 */
@ConsumerType
public interface AddressPool {

    /**
     * Lends an address.
     *
     * @return completes with a lease, or exceptionally with {@link PoolException}: no such pool here, or none free
     */
    CompletionStage<Lease> lend(LeaseRequest request);

    /** Takes an address back. A lease that is not known is ignored. */
    void takeBack(Lease lease);

    /**
     * Marks the address of a session that is alive as lent: after this provider was replaced the engine tells it
     * of every lease that is out.
     *
     * @return false if the address is lent to somebody else, or of no range here
     */
    boolean adopt(Lease lease);

    /**
     * Says which pools of l2tpd.conf there should be ({@link org.isthmus.api.config.Schema#IPPOOL}), each time that
     * they change and when the provider comes. A provider that has its pools from elsewhere ignores it.
     */
    void configure(List<Block> pools);

    List<PoolStatus> status();
}
