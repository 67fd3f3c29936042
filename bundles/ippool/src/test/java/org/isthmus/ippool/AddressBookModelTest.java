package org.isthmus.ippool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.isthmus.api.config.AddressRange;
import org.isthmus.api.config.Block;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolStatus;

/** Whatever is asked in whatever order: no address is lent twice, none is lost, none is lent that may not be. */
class AddressBookModelTest {
    private static final int STEPS = 150;

    /** What the test knows of a pool: the last byte of the addresses 10.0.0.x that may be lent. */
    private record Model(int first, int last, int reserved, int gateway, int max, boolean drain) {
        boolean lends(int x) {
            return x >= first && x <= last && x != reserved && x != gateway;
        }

        Block block(String name) {
            return AddressBookTest.pool(name, "range", "10.0.0." + first + "-10.0.0." + last, "reserve",
                    "10.0.0." + reserved, "gateway", "10.0.0." + gateway, "max_addrs", "" + max, "drain", "" + drain);
        }
    }

    private AddressBook book;
    private Random random;
    private final Map<String, Model> models = new LinkedHashMap<>();
    private final List<Lease> out = new ArrayList<>();
    private int holders;

    @Property(tries = 500)
    void neverLendsTwiceAndNeverLeaks(@ForAll long seed) {
        book = new AddressBook();
        random = new Random(seed);
        models.clear();
        out.clear();
        reconfigure();
        for (int step = 0; step < STEPS; step++) {
            int what = random.nextInt(20);
            if (what == 0) {
                reconfigure();
            } else if (what == 1) {
                replaceBundle();
            } else if (what < 12) {
                lend();
            } else if (!out.isEmpty()) {
                Lease back = out.remove(random.nextInt(out.size()));
                book.takeBack(back);
                if (random.nextInt(5) == 0) {
                    book.takeBack(back);
                }
            }
            assertEquals(out.size(), book.status().stream().mapToLong(PoolStatus::lent).sum());
        }
        everythingCanBeLentOnceAllIsBack();
    }

    private void reconfigure() {
        models.clear();
        int border = 2 + random.nextInt(20);
        addModel("a", 1, border);
        addModel("b", border + 1, border + 1 + random.nextInt(10));
        List<Block> blocks = new ArrayList<>();
        models.forEach((name, model) -> blocks.add(model.block(name)));
        book.configure(blocks);
    }

    private void addModel(String name, int first, int last) {
        if (random.nextInt(5) > 0) {
            int reserved = first + random.nextInt(last - first + 1);
            int gateway = first + random.nextInt(last - first + 1);
            models.put(name, new Model(first, last, reserved, gateway, random.nextInt(3) == 0 ? 3 : 0,
                    random.nextInt(8) == 0));
        }
    }

    /** A new version of the bundle is told the pools and every lease that is out. */
    private void replaceBundle() {
        book = new AddressBook();
        List<Block> blocks = new ArrayList<>();
        models.forEach((name, model) -> blocks.add(model.block(name)));
        book.configure(blocks);
        out.removeIf(lease -> {
            boolean known = models.values().stream().anyMatch(model -> model.lends(last(lease.address())));
            assertEquals(known, book.adopt(lease));
            return !known; // of no range any more: nobody else can get it
        });
    }

    private void lend() {
        String name = random.nextBoolean() ? "a" : "b";
        Model model = models.get(name);
        Optional<InetAddress> wished = random.nextInt(3) > 0 ? Optional.empty()
                : Optional.of(AddressRange.toAddress(0x0a000000L + random.nextInt(40)));
        Lease lease;
        try {
            lease = book.lend(new LeaseRequest(name, "user" + random.nextInt(5), wished, "holder" + ++holders))
                    .toCompletableFuture().join();
        } catch (CompletionException refused) {
            assertTrue(model == null || model.drain() || model.max() > 0 && lentBy(name) >= model.max()
                    || free(model).isEmpty(), () -> "refused without need: " + refused);
            return;
        }
        int x = last(lease.address());
        assertFalse(model == null || model.drain(), "lent by a pool that may not");
        assertTrue(model.lends(x), () -> "lent an address that may not be: " + lease);
        assertTrue(out.stream().noneMatch(other -> other.address().equals(lease.address())), () -> "lent twice: " + lease);
        if (wished.isPresent() && free(model).contains(last(wished.get()))) {
            assertEquals(wished.get(), lease.address());
        }
        out.add(lease);
    }

    private void everythingCanBeLentOnceAllIsBack() {
        out.forEach(book::takeBack);
        out.clear();
        models.forEach((name, model) -> {
            if (!model.drain()) {
                long most = model.max() > 0 ? Math.min(model.max(), free(model).size()) : free(model).size();
                for (long i = 0; i < most; i++) {
                    lend(name);
                }
            }
        });
    }

    private void lend(String name) {
        book.lend(new LeaseRequest(name, "", Optional.empty(), "last" + ++holders)).toCompletableFuture().join();
    }

    private List<Integer> free(Model model) {
        List<Integer> free = new ArrayList<>();
        for (int x = model.first(); x <= model.last(); x++) {
            int candidate = x;
            if (model.lends(x) && out.stream().noneMatch(lease -> last(lease.address()) == candidate)) {
                free.add(x);
            }
        }
        return free;
    }

    private long lentBy(String name) {
        return book.status().stream().filter(status -> status.name().equals(name)).mapToLong(PoolStatus::lent).sum();
    }

    private static int last(InetAddress address) {
        return address.getAddress()[3] & 0xff;
    }
}
