package org.isthmus.ippool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.isthmus.api.config.Block;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolException;
import org.isthmus.api.pool.PoolException.Reason;
import org.isthmus.api.pool.PoolStatus;
import org.junit.jupiter.api.Test;

class AddressBookTest {
    private final AddressBook book = new AddressBook();
    private int holders;

    /** A pool of the given parameters, name and value in turn. */
    static Block pool(String name, String... parameters) {
        Settings.Builder settings = Settings.builder();
        for (int i = 0; i < parameters.length; i += 2) {
            try {
                settings.parse(Schema.IPPOOL.parameter(parameters[i]).orElseThrow(), parameters[i + 1]);
            } catch (InvalidValueException wrongTest) {
                throw new IllegalArgumentException(wrongTest);
            }
        }
        return new Block(Schema.IPPOOL, name, settings.build(), List.of(), "test");
    }

    private Lease lend(String pool, String user, String wished) {
        Optional<InetAddress> address = wished.isEmpty() ? Optional.empty() : Optional.of(address(wished));
        return book.lend(new LeaseRequest(pool, user, address, "session " + ++holders)).toCompletableFuture().join();
    }

    private String lend(String pool) {
        return lend(pool, "", "").address().getHostAddress();
    }

    private PoolException refusal(String pool) {
        Throwable cause = assertThrows(CompletionException.class, () -> lend(pool)).getCause();
        return assertInstanceOf(PoolException.class, cause);
    }

    private PoolStatus status(String pool) {
        return book.status().stream().filter(status -> status.name().equals(pool)).findFirst().orElseThrow();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (java.net.UnknownHostException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }

    @Test
    void lendsTheLowestAddressThatWasNeverLentThenTheOneThatCameBackFirst() {
        book.configure(List.of(pool("a", "range", "10.0.0.1-10.0.0.3,10.1.0.1")));
        Lease first = lend("a", "", "");
        Lease second = lend("a", "", "");
        assertEquals("10.0.0.1", first.address().getHostAddress());
        book.takeBack(second);
        book.takeBack(first);
        assertEquals(List.of("10.0.0.3", "10.1.0.1", "10.0.0.2", "10.0.0.1"),
                List.of(lend("a"), lend("a"), lend("a"), lend("a")));
    }

    @Test
    void neverLendsTheGatewayOrWhatIsReserved() {
        book.configure(List.of(pool("a", "range", "10.0.0.0/29", "gateway", "10.0.0.1", "reserve", "10.0.0.3-10.0.0.4")));
        Lease lease = lend("a", "", "10.0.0.1");
        assertEquals(Optional.of(address("10.0.0.1")), lease.gateway());
        assertEquals(List.of("10.0.0.2", "10.0.0.5", "10.0.0.6"),
                List.of(lease.address().getHostAddress(), lend("a"), lend("a")));
        PoolStatus status = status("a");
        assertEquals(List.of(3L, 3L, 3L), List.of(status.size(), status.lent(), status.reserved()));
    }

    @Test
    void aPoolRunDrySaysSoAndCounts() {
        book.configure(List.of(pool("a", "range", "10.0.0.1-10.0.0.2")));
        lend("a");
        Lease last = lend("a", "", "");
        PoolException refusal = refusal("a");
        assertEquals(Reason.EXHAUSTED, refusal.reason());
        assertEquals("ippool \"a\" has no free address, 2 of 2 are lent: add a range", refusal.getMessage());
        book.takeBack(last);
        lend("a");
        assertEquals(List.of(3L, 1L, 1L), List.of(status("a").lends(), status("a").returns(), status("a").refusals()));
    }

    @Test
    void lendsNoMoreThanItMay() {
        book.configure(List.of(pool("a", "range", "10.0.0.0/24", "max_addrs", "1")));
        Lease only = lend("a", "", "");
        assertTrue(refusal("a").getMessage().contains("max_addrs"));
        book.takeBack(only);
        lend("a");
    }

    @Test
    void aDrainingPoolTakesBackButLendsNothing() {
        book.configure(List.of(pool("a", "range", "10.0.0.0/24")));
        Lease lease = lend("a", "", "");
        book.configure(List.of(pool("a", "range", "10.0.0.0/24", "drain", "true")));
        assertEquals(Reason.DRAINING, refusal("a").reason());
        book.takeBack(lease);
        assertEquals(0, status("a").lent());
        assertTrue(status("a").draining());
    }

    @Test
    void anUnknownPoolIsSomebodyElses() {
        assertEquals(Reason.NO_SUCH_POOL, refusal("b").reason());
    }

    @Test
    void aWishIsGrantedIfTheAddressIsFreeAndOfThePool() {
        book.configure(List.of(pool("a", "range", "10.0.0.0/24")));
        assertEquals("10.0.0.77", lend("a", "", "10.0.0.77").address().getHostAddress());
        assertEquals("10.0.0.1", lend("a", "", "10.0.0.77").address().getHostAddress());
        assertEquals("10.0.0.2", lend("a", "", "10.9.9.9").address().getHostAddress());
        assertEquals("10.0.0.3", lend("a", "", "0.0.0.0").address().getHostAddress());
        assertEquals("10.0.0.4", lend("a", "", "::1").address().getHostAddress());
    }

    @Test
    void aUserGetsItsLastAddressAgainWhileNobodyElseNeedsIt() {
        book.configure(List.of(pool("a", "range", "10.0.0.1-10.0.0.3")));
        Lease alice = lend("a", "alice", "");
        book.takeBack(lend("a", "bob", ""));
        book.takeBack(alice);
        assertEquals("10.0.0.1", lend("a", "alice", "").address().getHostAddress());
        lend("a", "carol", "");
        assertEquals("10.0.0.2", lend("a", "dave", "").address().getHostAddress());
        assertThrows(CompletionException.class, () -> lend("a", "bob", ""));
    }

    @Test
    void anOldLeaseTakesNothingFromItsNewHolder() {
        book.configure(List.of(pool("a", "range", "10.0.0.1")));
        Lease old = lend("a", "", "");
        book.takeBack(old);
        book.takeBack(old);
        lend("a");
        book.takeBack(old);
        assertEquals(1, status("a").lent());
        assertEquals(1, status("a").returns());
    }

    @Test
    void addressesThatAreOutComeBackThoughTheirRangeIsGone() {
        book.configure(List.of(pool("a", "range", "10.0.0.1-10.0.0.2")));
        Lease kept = lend("a", "", "");
        book.configure(List.of(pool("a", "range", "10.0.0.2-10.0.0.3")));
        book.takeBack(kept);
        assertEquals(List.of("10.0.0.2", "10.0.0.3"), List.of(lend("a"), lend("a")));
        assertEquals(Reason.EXHAUSTED, refusal("a").reason());
    }

    @Test
    void aPoolThatGoesAndComesRemembersWhatIsOut() {
        book.configure(List.of(pool("a", "range", "10.0.0.1-10.0.0.2")));
        Lease out = lend("a", "", "");
        book.configure(List.of());
        assertEquals(Reason.NO_SUCH_POOL, refusal("a").reason());
        assertEquals(1, status("a").lent());
        book.configure(List.of(pool("a", "range", "10.0.0.1-10.0.0.2")));
        assertEquals("10.0.0.2", lend("a"));
        book.takeBack(out);
        assertEquals("10.0.0.1", lend("a"));
        book.configure(List.of());
        book.takeBack(new Lease("a", address("10.0.0.1"), Optional.empty(), "session " + holders));
        book.takeBack(new Lease("a", address("10.0.0.2"), Optional.empty(), "session " + (holders - 1)));
        assertEquals(List.of(), book.status());
    }

    @Test
    void aRangeThatMovesToAnotherPoolIsNeverLentTwice() {
        book.configure(List.of(pool("a", "range", "10.0.0.1-10.0.0.2")));
        Lease out = lend("a", "", "");
        book.configure(List.of(pool("a", "range", "10.5.0.0/24"), pool("b", "range", "10.0.0.1-10.0.0.2")));
        assertEquals("10.0.0.2", lend("b"));
        assertEquals(Reason.EXHAUSTED, refusal("b").reason());
        book.takeBack(out);
        assertEquals("10.0.0.1", lend("b"));
    }

    @Test
    void livingSessionsKeepTheirAddressesWhenThisBundleIsReplaced() {
        Lease lease = new Lease("a", address("10.0.0.1"), Optional.empty(), "tunnel/session");
        assertFalse(book.adopt(lease));
        book.configure(List.of(pool("a", "range", "10.0.0.1-10.0.0.2")));
        assertTrue(book.adopt(lease));
        assertTrue(book.adopt(lease));
        assertFalse(book.adopt(new Lease("a", address("10.0.0.1"), Optional.empty(), "another")));
        assertFalse(book.adopt(new Lease("a", address("10.0.0.9"), Optional.empty(), "another")));
        assertFalse(book.adopt(new Lease("a", address("::1"), Optional.empty(), "another")));
        assertTrue(book.adopt(new Lease("renamed", address("10.0.0.2"), Optional.empty(), "third")));
        assertEquals(Reason.EXHAUSTED, refusal("a").reason());
        book.takeBack(lease);
        assertEquals("10.0.0.1", lend("a"));
    }

    @Test
    void aHugePoolCostsNoMoreThanWhatIsOut() {
        book.configure(List.of(pool("a", "range", "0.0.0.0/0")));
        assertEquals("0.0.0.1", lend("a"));
        assertEquals("255.255.255.254", lend("a", "", "255.255.255.254").address().getHostAddress());
        assertEquals(4_294_967_294L, status("a").size());
    }

    @Test
    void severalWorkersNeverGetTheSameAddress() throws Exception {
        book.configure(List.of(pool("a", "range", "10.0.0.0/26")));
        Set<InetAddress> out = ConcurrentHashMap.newKeySet();
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int worker = 0; worker < 4; worker++) {
                String user = "user " + worker;
                ends.add(workers.submit(() -> {
                    for (int i = 0; i < 5000; i++) {
                        Lease lease = book.lend(new LeaseRequest("a", user, Optional.empty(), user + i))
                                .toCompletableFuture().join();
                        assertTrue(out.add(lease.address()));
                        out.remove(lease.address());
                        book.takeBack(lease);
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
        } finally {
            workers.shutdownNow();
        }
        assertEquals(List.of(0L, 20_000L, 20_000L),
                List.of(status("a").lent(), status("a").lends(), status("a").returns()));
    }
}
