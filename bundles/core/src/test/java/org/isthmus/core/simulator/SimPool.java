package org.isthmus.core.simulator;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.config.AddressRange;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.PoolParameters;
import org.isthmus.api.pool.AddressPool;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolException;
import org.isthmus.api.pool.PoolStatus;

/** Lends the addresses of the first range of each pool, at once, late, never, or with a failure. */
public final class SimPool implements AddressPool {
    /** How it behaves. */
    public enum Mood { WELL, THROWS, SILENT, SLOW }

    private final World world;
    private final TreeMap<String, TreeMap<Long, Lease>> lent = new TreeMap<>();
    private List<Block> pools = List.of();
    private Mood mood = Mood.WELL;
    private long slowMillis = 500;

    SimPool(World world) {
        this.world = world;
    }

    public void mood(Mood next) {
        mood = next;
    }

    public void slow(long millis) {
        mood = Mood.SLOW;
        slowMillis = millis;
    }

    /** Its process is gone: it knows nothing any more of what is out. */
    void forget() {
        lent.clear();
        pools = List.of();
    }

    /** Addresses that are out. */
    public int out() {
        return lent.values().stream().mapToInt(TreeMap::size).sum();
    }

    @Override
    public CompletionStage<Lease> lend(LeaseRequest request) {
        switch (mood) {
            case THROWS -> throw new IllegalStateException("the pool is broken");
            case SILENT -> {
                return new CompletableFuture<>();
            }
            default -> { }
        }
        CompletableFuture<Lease> answer = new CompletableFuture<>();
        if (mood == Mood.SLOW) {
            world.after(slowMillis, () -> lend(request, answer));
        } else {
            lend(request, answer);
        }
        return answer;
    }

    private void lend(LeaseRequest request, CompletableFuture<Lease> answer) {
        Optional<Block> pool = pools.stream().filter(block -> block.name().equals(request.pool())).findFirst();
        if (pool.isEmpty()) {
            answer.completeExceptionally(new PoolException(PoolException.Reason.NO_SUCH_POOL, "no pool"));
            return;
        }
        AddressRange range = pool.get().settings().get(PoolParameters.RANGES).get(0);
        TreeMap<Long, Lease> out = lent.computeIfAbsent(request.pool(), name -> new TreeMap<>());
        for (long address = range.first(); address <= range.last(); address++) {
            if (!out.containsKey(address)) {
                Lease lease = new Lease(request.pool(), AddressRange.toAddress(address),
                        pool.get().settings().find(PoolParameters.GATEWAY), request.holder());
                out.put(address, lease);
                answer.complete(lease);
                return;
            }
        }
        answer.completeExceptionally(new PoolException(PoolException.Reason.EXHAUSTED,
                "ippool \"" + request.pool() + "\" is empty"));
    }

    @Override
    public void takeBack(Lease lease) {
        lent.getOrDefault(lease.pool(), new TreeMap<>()).remove(number(lease.address()));
        if (mood == Mood.THROWS) {
            throw new IllegalStateException("the pool is broken");
        }
    }

    @Override
    public boolean adopt(Lease lease) {
        return lent.computeIfAbsent(lease.pool(), name -> new TreeMap<>())
                .putIfAbsent(number(lease.address()), lease) == null;
    }

    @Override
    public void configure(List<Block> blocks) {
        pools = blocks;
    }

    @Override
    public String toString() {
        return lent.toString();
    }

    @Override
    public List<PoolStatus> status() {
        return List.of();
    }

    private static long number(InetAddress address) {
        return AddressRange.toNumber(address);
    }
}
