package org.isthmus.core.engine;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.auth.Authenticator;
import org.isthmus.api.config.Block;
import org.isthmus.api.pool.AddressPool;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolException;
import org.isthmus.core.plugin.PluginBook;
import org.isthmus.core.plugin.PluginCalls;

/**
 * The judges and lenders of the moment. They come and go while the engine runs; one that throws, or does not answer in time, is
 * logged and counted, and the next one is asked. Any thread may use it.
 */
public final class Plugins {
    private volatile List<Authenticator> authenticators = List.of();
    private volatile List<AddressPool> pools = List.of();
    private final Set<Lease> lent = ConcurrentHashMap.newKeySet();
    private volatile boolean parked;
    private final PluginBook book;
    private final PluginCalls calls;
    private volatile List<Block> poolBlocks = List.of();

    /**
     * @param book    whose the plugins are, and how their calls go
     * @param threads where they are asked
     */
    public Plugins(PluginBook book, PluginCalls.Threads threads) {
        this.book = book;
        this.calls = new PluginCalls(book, threads);
    }

    /** Whose the plugins are, and how their calls go. */
    public PluginBook book() {
        return book;
    }

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
        List<Block> wanted = poolBlocks;
        List<AddressPool> newcomers = best.stream().filter(pool -> !before.contains(pool)).toList();
        newcomers.forEach(pool -> tell(pool, () -> pool.configure(wanted)));
        // A newer version beside the old one must not lend what the old one has out, whoever gets it back.
        newcomers.forEach(this::tellOfLeases);
        pools = List.copyOf(best);
        newcomers.forEach(this::tellOfLeases); // those that were lent meanwhile
    }

    private void tellOfLeases(AddressPool pool) {
        lent.forEach(lease -> tell(pool, () -> pool.adopt(lease)));
    }

    /** Says which pools the file asks for. */
    public synchronized void configurePools(List<Block> blocks) {
        List<Block> wanted = List.copyOf(blocks);
        poolBlocks = wanted;
        pools.forEach(pool -> tell(pool, () -> pool.configure(wanted)));
    }

    /** The lenders of the moment. */
    public List<AddressPool> pools() {
        return pools;
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
        if (book.of(judge).isSetAside()) {
            return judge(request, judges, next + 1);
        }
        return calls.ask(judge, () -> judge.judge(request), failure -> false, late -> { })
                .exceptionally(failure -> new AuthVerdict.Unknown()).thenCompose(verdict -> verdict instanceof AuthVerdict.Unknown
                ? judge(request, judges, next + 1) : CompletableFuture.completedFuture(verdict));
    }

    /** Asks one lender after the other until one has the pool; one that has it and is empty ends the search. */
    CompletionStage<Lease> lend(LeaseRequest request) {
        return lend(request, pools, 0, "");
    }

    private CompletionStage<Lease> lend(LeaseRequest request, List<AddressPool> lenders, int next, String trouble) {
        if (next == lenders.size()) {
            return CompletableFuture.failedFuture(new PoolException(PoolException.Reason.NO_SUCH_POOL,
                    lenders.isEmpty() ? "nobody lends addresses: install the feature l2tp-ippool"
                            : trouble.isEmpty() ? "there is no ippool \"" + request.pool() + "\""
                            : "ippool \"" + request.pool() + "\" cannot be asked: what lends addresses " + trouble + ", see l2tp:plugins"));
        }
        AddressPool lender = lenders.get(next);
        if (book.of(lender).isSetAside()) {
            return lend(request, lenders, next + 1, "has failed and is set aside");
        }
        CompletableFuture<Lease> result = new CompletableFuture<>();
        calls.ask(lender, () -> lender.lend(request), PoolException.class::isInstance,
                late -> tell(lender, () -> lender.takeBack(late))).whenComplete((lease, failure) -> {
            if (failure == null) {
                lent.add(lease);
                pools.stream().filter(pool -> pool != lender).forEach(pool -> tell(pool, () -> pool.adopt(lease)));
                if (parked) {
                    takeBack(lease);
                }
                result.complete(lease);
            } else if (!(failure instanceof PoolException refusal) || refusal.reason() == PoolException.Reason.NO_SUCH_POOL) {
                String why = failure instanceof PoolException ? trouble : "fails: " + Words.of(failure);
                lend(request, lenders, next + 1, why).whenComplete((other, reason) -> {
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

    /** Another object goes on with these leases: all others, and what is lent from now on, nobody waits for any more. */
    void park(Set<Lease> goOn) {
        parked = true;
        lent().stream().filter(lease -> !goOn.contains(lease)).forEach(this::takeBack);
    }

    /** Another object has lent this, and it is out still. */
    void resume(Lease lease) {
        lent.add(lease);
        pools.forEach(pool -> tell(pool, () -> pool.adopt(lease)));
    }

    /** Gives an address back to all lenders: the one that lent it, and those that took it over. */
    void takeBack(Lease lease) {
        if (lent.remove(lease)) {
            pools.forEach(pool -> tell(pool, () -> pool.takeBack(lease)));
        }
    }

    /** The addresses that are out. */
    Set<Lease> lent() {
        return Set.copyOf(lent);
    }

    /** Tells a plugin something that has no answer. */
    private void tell(Object plugin, Runnable news) {
        calls.ask(plugin, () -> {
            news.run();
            return CompletableFuture.completedFuture(null);
        }, failure -> false, late -> { });
    }

    /** Notes that a plugin threw. */
    void failed(Object plugin, Throwable failure) {
        book.of(plugin).failed(failure);
    }
}
