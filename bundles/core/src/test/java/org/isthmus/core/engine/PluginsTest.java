package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.config.AddressRange;
import org.isthmus.api.config.Block;
import org.isthmus.api.pool.AddressPool;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolException;
import org.isthmus.api.pool.PoolStatus;
import org.isthmus.core.plugin.PluginBook;
import org.isthmus.core.plugin.PluginCalls;
import org.junit.jupiter.api.Test;

/** Lenders of addresses may come and go, one beside the other, while addresses are out. */
class PluginsTest {
    private final Plugins plugins = new Plugins(new PluginBook(() -> 0), PluginCalls.Threads.NONE);
    private int sessions;

    /** Lends 10.0.0.1 to 10.0.0.3, the lowest first. */
    private static final class Lender implements AddressPool {
        private final Set<InetAddress> out = new HashSet<>();
        private boolean silent;
        private CompletableFuture<Lease> late;

        @Override
        public CompletionStage<Lease> lend(LeaseRequest request) {
            for (long number = 0x0a000001L; number <= 0x0a000003L; number++) {
                InetAddress address = AddressRange.toAddress(number);
                if (out.add(address)) {
                    Lease lease = new Lease(request.pool(), address, Optional.empty(), request.holder());
                    late = new CompletableFuture<>();
                    return silent ? late : CompletableFuture.completedFuture(lease);
                }
            }
            return CompletableFuture.failedFuture(new PoolException(PoolException.Reason.EXHAUSTED, "empty"));
        }

        @Override
        public void takeBack(Lease lease) {
            out.remove(lease.address());
        }

        @Override
        public boolean adopt(Lease lease) {
            return out.add(lease.address());
        }

        @Override
        public void configure(List<Block> pools) {
        }

        @Override
        public List<PoolStatus> status() {
            return List.of();
        }
    }

    private CompletionStage<Lease> ask() {
        return plugins.lend(new LeaseRequest("home", "", Optional.empty(), "session " + ++sessions));
    }

    private Lease lend() {
        return ask().toCompletableFuture().join();
    }

    @Test
    void aNewVersionBesideTheOldOneLendsNothingThatIsOut() {
        Lender old = new Lender();
        Lender fresh = new Lender();
        plugins.pools(List.of(old));
        Set<InetAddress> out = new HashSet<>(List.of(lend().address(), lend().address()));
        plugins.pools(List.of(fresh, old));
        assertTrue(out.add(lend().address()));
        plugins.pools(List.of(fresh));
        CompletionException refused = null;
        try {
            lend();
        } catch (CompletionException empty) {
            refused = empty;
        }
        assertTrue(refused != null && refused.getCause() instanceof PoolException, "all three are out");
    }

    @Test
    void whatComesBackIsFreeWhoeverLendsThen() {
        Lender old = new Lender();
        Lender fresh = new Lender();
        plugins.pools(List.of(old));
        List<Lease> out = new ArrayList<>(List.of(lend(), lend(), lend()));
        plugins.pools(List.of(fresh, old));
        plugins.takeBack(out.remove(0));
        plugins.pools(List.of(fresh));
        plugins.takeBack(out.remove(0));
        assertEquals(1, fresh.out.size());
        assertEquals(2, Set.of(lend().address(), lend().address()).size());
    }

    @Test
    void anAddressThatIsBeingLentWhenTheNewVersionComesIsToldToIt() {
        Lender old = new Lender();
        Lender fresh = new Lender();
        plugins.pools(List.of(old));
        old.silent = true;
        CompletableFuture<Lease> waiting = ask().toCompletableFuture();
        plugins.pools(List.of(fresh, old));
        old.late.complete(new Lease("home", AddressRange.toAddress(0x0a000001L), Optional.empty(), "session 1"));
        assertTrue(waiting.isDone());
        assertEquals(Set.of(AddressRange.toAddress(0x0a000001L)), fresh.out);
    }
}
