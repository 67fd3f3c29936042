package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.auth.Authenticator;
import org.isthmus.api.auth.Credentials;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.Secret;
import org.isthmus.api.pool.AddressPool;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolException;
import org.isthmus.api.pool.PoolStatus;
import org.isthmus.core.plugin.PluginBook;
import org.isthmus.core.plugin.PluginCalls;
import org.junit.jupiter.api.Test;

/** In which order judges and lenders are asked, and who has the last word. */
class PluginOrderTest {
    private static final AuthRequest REQUEST = new AuthRequest("alice", "lns", new Credentials.Pap(Secret.of("x")),
            "t", 1, 2, "", "");

    private final Plugins plugins = new Plugins(new PluginBook(() -> 0), PluginCalls.Threads.NONE);
    private final List<String> asked = new ArrayList<>();

    private Authenticator judge(String name, AuthVerdict verdict) {
        return new Authenticator() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public CompletionStage<AuthVerdict> judge(AuthRequest request) {
                asked.add(name);
                return CompletableFuture.completedFuture(verdict);
            }
        };
    }

    private final class Pool implements AddressPool {
        private final String name;
        private final Optional<PoolException.Reason> refusal;

        Pool(String name, Optional<PoolException.Reason> refusal) {
            this.name = name;
            this.refusal = refusal;
        }

        @Override
        public CompletionStage<Lease> lend(LeaseRequest request) {
            asked.add(name);
            if (refusal.isPresent()) {
                return CompletableFuture.failedFuture(new PoolException(refusal.get(), name + " has none"));
            }
            return CompletableFuture.completedFuture(
                    new Lease(request.pool(), InetAddress.getLoopbackAddress(), Optional.empty(), name));
        }

        @Override
        public void takeBack(Lease lease) {
        }

        @Override
        public boolean adopt(Lease lease) {
            return true;
        }

        @Override
        public void configure(List<Block> pools) {
        }

        @Override
        public List<PoolStatus> status() {
            return List.of();
        }
    }

    private static LeaseRequest wanted() {
        return new LeaseRequest("users", "alice", Optional.empty(), "t/s");
    }

    @Test
    void judgesAreAskedInTheOrderOfTheirRankingInWhateverOrderTheyCame() throws Exception {
        Authenticator first = judge("first", new AuthVerdict.Unknown());
        Authenticator last = judge("last", new AuthVerdict.Unknown());
        plugins.authenticators(List.of(first));
        plugins.authenticators(List.of(first, last));
        assertInstanceOf(AuthVerdict.Unknown.class, plugins.judge(REQUEST).toCompletableFuture().get());
        assertEquals(List.of("first", "last"), asked);
    }

    @Test
    void theFirstWhoKnowsTheUserHasTheLastWord() throws Exception {
        plugins.authenticators(List.of(judge("a", new AuthVerdict.Unknown()),
                judge("b", new AuthVerdict.Reject("no", "no")), judge("c", new AuthVerdict.Unknown())));
        assertInstanceOf(AuthVerdict.Reject.class, plugins.judge(REQUEST).toCompletableFuture().get());
        assertEquals(List.of("a", "b"), asked);
    }

    @Test
    void aLenderWithoutThePoolIsPassedOverAndOneThatIsEmptyEndsTheSearch() {
        plugins.pools(List.of(new Pool("other", Optional.of(PoolException.Reason.NO_SUCH_POOL)),
                new Pool("empty", Optional.of(PoolException.Reason.EXHAUSTED)), new Pool("full", Optional.empty())));
        assertTrue(plugins.lend(wanted()).toCompletableFuture().isCompletedExceptionally());
        assertEquals(List.of("other", "empty"), asked);
    }

    @Test
    void withoutALenderTheMessageSaysWhatToDo() {
        plugins.lend(wanted()).whenComplete((lease, failure) ->
                assertTrue(Words.of(failure).contains("l2tp-ippool"), Words.of(failure)));
    }
}
