package org.isthmus.ippool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.config.AddressRange;
import org.isthmus.api.config.Block;
import org.isthmus.api.pool.AddressPool;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolException;
import org.isthmus.api.pool.PoolException.Reason;
import org.isthmus.api.pool.PoolStatus;
import org.osgi.service.component.annotations.Component;

/**
 * The pools of l2tpd.conf. One lock guards all of them, so that an address that moves from a pool to another is never
 * lent by both; what is done under it takes a microsecond.
 */
@Component(immediate = true) // else it would forget its leases when the engine is replaced
public final class AddressBook implements AddressPool {
    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private final Map<Long, Entry> entries = new HashMap<>();
    private final TreeMap<Long, Pool> owners = new TreeMap<>();

    @Override
    public CompletionStage<Lease> lend(LeaseRequest request) {
        try {
            return CompletableFuture.completedFuture(lendNow(request));
        } catch (PoolException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private synchronized Lease lendNow(LeaseRequest request) throws PoolException {
        Pool pool = pools.get(request.pool());
        if (pool == null) {
            throw new PoolException(Reason.NO_SUCH_POOL, "there is no ippool \"" + request.pool() + "\"");
        }
        Entry entry = pool.lend(request);
        return new Lease(request.pool(), AddressRange.toAddress(entry.address), pool.spec().gateway(), request.holder());
    }

    @Override
    public synchronized void takeBack(Lease lease) {
        Entry entry = entries.get(AddressRange.toNumber(lease.address()));
        if (entry != null && lease.holder().equals(entry.holder)) {
            Pool pool = entry.pool;
            pool.takeBack(entry);
            if (pool.retired() && pool.idle()) {
                pools.remove(pool.name(), pool);
            }
        }
    }

    @Override
    public synchronized boolean adopt(Lease lease) {
        long address = AddressRange.toNumber(lease.address());
        Entry entry = entries.get(address);
        if (entry != null && entry.lent()) {
            return entry.holder.equals(lease.holder());
        }
        Pool named = pools.get(lease.pool());
        Pool pool = named != null && named.contains(address) ? named : owner(address);
        return pool != null && pool.adopt(address, lease.holder());
    }

    @Override
    public synchronized void configure(List<Block> blocks) {
        Map<String, PoolSpec> specs = new LinkedHashMap<>();
        blocks.forEach(block -> specs.put(block.name(), new PoolSpec(block.settings())));
        for (Pool pool : pools.values()) {
            if (!specs.containsKey(pool.name())) {
                pool.retire();
            }
        }
        specs.forEach((name, spec) -> pools.computeIfAbsent(name, key -> new Pool(key, entries)).configure(spec));
        owners.clear();
        for (Pool pool : pools.values()) {
            pool.lendable().ranges().forEach(range -> owners.put(range.first(), pool));
        }
        entries.values().forEach(this::findHeir);
        pools.values().removeIf(pool -> pool.retired() && pool.idle());
    }

    /** An address that is out when its range moves to another pool comes back to that one. */
    private void findHeir(Entry entry) {
        if (!entry.pool.contains(entry.address)) {
            Pool heir = owner(entry.address);
            if (heir != null) {
                entry.pool.handOver(entry, heir);
            }
        }
    }

    private Pool owner(long address) {
        Map.Entry<Long, Pool> below = owners.floorEntry(address);
        return below != null && below.getValue().contains(address) ? below.getValue() : null;
    }

    @Override
    public synchronized List<PoolStatus> status() {
        List<PoolStatus> all = new ArrayList<>();
        pools.values().forEach(pool -> all.add(pool.status()));
        return all;
    }
}
