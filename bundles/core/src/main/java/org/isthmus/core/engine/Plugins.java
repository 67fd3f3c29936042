package org.isthmus.core.engine;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.auth.Authenticator;
import org.isthmus.api.config.Block;
import org.isthmus.api.pool.AddressPool;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The judges and lenders of the moment. They come and go while the engine runs; one that throws is logged and counted,
 * and the next one is asked. Any thread may use it.
 */
public final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private volatile List<Authenticator> authenticators = List.of();
    private volatile List<AddressPool> pools = List.of();
    private final Set<Lease> lent = ConcurrentHashMap.newKeySet();
    private final AtomicLong failures = new AtomicLong();
    private volatile List<Block> poolBlocks = List.of();

    /** @param best the authenticators, the one to be asked first in front */
    public void authenticators(List<Authenticator> best) {
        authenticators = List.copyOf(best);
    }

    /**
     * Says which pools there are. One that is new is told what pools the file asks for, and which addresses are out.
     *
     * @param best the pools, the one to be asked first in front
     */
    public synchronized void pools(List<AddressPool> best) {
        List<AddressPool> before = pools;
        List<AddressPool> newcomers = best.stream().filter(pool -> !before.contains(pool)).toList();
        newcomers.forEach(pool -> guard(pool, () -> pool.configure(poolBlocks)));
        // A newer version beside the old one must not lend what the old one has out, whoever gets it back.
        newcomers.forEach(this::tellOfLeases);
        pools = List.copyOf(best);
        newcomers.forEach(this::tellOfLeases); // those that were lent meanwhile
    }

    private void tellOfLeases(AddressPool pool) {
        lent.forEach(lease -> guard(pool, () -> pool.adopt(lease)));
    }

    /** Says which pools the file asks for. */
    public synchronized void configurePools(List<Block> blocks) {
        poolBlocks = List.copyOf(blocks);
        pools.forEach(pool -> guard(pool, () -> pool.configure(poolBlocks)));
    }

    /** The lenders of the moment. */
    public List<AddressPool> pools() {
        return pools;
    }

    /** How often a plugin threw. */
    public long failures() {
        return failures.get();
    }

    /** Asks one judge after the other until one knows the user. */
    CompletionStage<AuthVerdict> judge(AuthRequest request) {
        return judge(request, authenticators, 0);
    }

    private CompletionStage<AuthVerdict> judge(AuthRequest request, List<Authenticator> judges, int next) {
        if (next == judges.size()) {
            return CompletableFuture.completedFuture(new AuthVerdict.Unknown());
        }
        Authenticator judge = judges.get(next);
        CompletionStage<AuthVerdict> answer;
        try {
            answer = Objects.requireNonNull(judge.judge(request), "no answer");
        } catch (RuntimeException broken) {
            failed(judge, broken);
            return judge(request, judges, next + 1);
        }
        return answer.exceptionally(failure -> {
            failed(judge, failure);
            return new AuthVerdict.Unknown();
        }).thenCompose(verdict -> verdict instanceof AuthVerdict.Unknown
                ? judge(request, judges, next + 1) : CompletableFuture.completedFuture(verdict));
    }

    /** Asks one lender after the other until one has the pool; one that has it and is empty ends the search. */
    CompletionStage<Lease> lend(LeaseRequest request) {
        return lend(request, pools, 0);
    }

    private CompletionStage<Lease> lend(LeaseRequest request, List<AddressPool> lenders, int next) {
        if (next == lenders.size()) {
            return CompletableFuture.failedFuture(new PoolException(PoolException.Reason.NO_SUCH_POOL,
                    lenders.isEmpty() ? "nobody lends addresses: install the feature l2tp-ippool"
                            : "there is no ippool \"" + request.pool() + "\""));
        }
        AddressPool lender = lenders.get(next);
        CompletionStage<Lease> answer;
        try {
            answer = Objects.requireNonNull(lender.lend(request), "no answer");
        } catch (RuntimeException broken) {
            failed(lender, broken);
            return lend(request, lenders, next + 1);
        }
        CompletableFuture<Lease> result = new CompletableFuture<>();
        answer.whenComplete((lease, failure) -> {
            if (failure == null) {
                lent.add(lease);
                pools.stream().filter(pool -> pool != lender).forEach(pool -> guard(pool, () -> pool.adopt(lease)));
                result.complete(lease);
            } else if (isUnknownPool(failure)) {
                lend(request, lenders, next + 1).whenComplete((other, reason) -> {
                    if (reason == null) {
                        result.complete(other);
                    } else {
                        result.completeExceptionally(reason);
                    }
                });
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private static boolean isUnknownPool(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof PoolException pool && pool.reason() == PoolException.Reason.NO_SUCH_POOL;
    }

    /** Gives an address back to all lenders: the one that lent it, and those that took it over. */
    void takeBack(Lease lease) {
        if (lent.remove(lease)) {
            pools.forEach(pool -> guard(pool, () -> pool.takeBack(lease)));
        }
    }

    /** The addresses that are out. */
    Set<Lease> lent() {
        return Set.copyOf(lent);
    }

    private void guard(Object plugin, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException broken) {
            failed(plugin, broken);
        }
    }

    /** Counts and logs that a plugin threw. */
    void failed(Object plugin, Throwable failure) {
        failures.incrementAndGet();
        LOG.error("{} failed and is passed over: {}", plugin.getClass().getName(), Words.of(failure), failure);
    }
}
