package org.isthmus.ippool;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.config.AddressRange;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolException;
import org.isthmus.api.pool.PoolException.Reason;
import org.isthmus.api.pool.PoolStatus;

/**
 * One pool. Its caller holds the lock of {@link AddressBook}. Lending takes the same time whatever the pool's size:
 * addresses that were never lent are counted off from the lowest, those that came back wait in a queue.
 */
final class Pool {
    private final String name;
    private final Map<Long, Entry> entries;
    private final Map<String, Entry> byUser = new HashMap<>();
    private final Entry free = new Entry(-1, this); // ring: the one that came back first is free.next
    private PoolSpec spec;
    private Intervals lendable = Intervals.NONE;
    private long reserved;
    private boolean retired;
    private int freshRange;
    private long fresh;
    private long lent;
    private long lends;
    private long returns;
    private long refusals;

    /**
     * @param entries every address that is or was lent, of all pools
     */
    Pool(String name, Map<Long, Entry> entries) {
        this.name = name;
        this.entries = entries;
    }

    /** Takes a new description; what is out stays out. */
    void configure(PoolSpec newSpec) {
        if (!retired && newSpec.equals(spec)) {
            return;
        }
        spec = newSpec;
        retired = false;
        reserved = spec.reserved();
        setLendable(spec.lendable());
    }

    /** Lends nothing more, and is forgotten when everything is back. */
    void retire() {
        retired = true;
        reserved = 0;
        setLendable(Intervals.NONE);
    }

    private void setLendable(Intervals intervals) {
        lendable = intervals;
        freshRange = 0;
        fresh = 0;
        for (Entry entry = free.next; entry != free;) {
            Entry next = entry.next;
            if (!lendable.contains(entry.address)) {
                entry.unlink();
                forget(entry);
            }
            entry = next;
        }
    }

    String name() {
        return name;
    }

    boolean retired() {
        return retired;
    }

    boolean idle() {
        return lent == 0;
    }

    boolean contains(long address) {
        return lendable.contains(address);
    }

    Intervals lendable() {
        return lendable;
    }

    PoolSpec spec() {
        return spec;
    }

    Entry lend(LeaseRequest request) throws PoolException {
        if (retired) {
            throw new PoolException(Reason.NO_SUCH_POOL, "there is no ippool \"" + name + "\"");
        }
        if (spec.draining()) {
            throw refuse(Reason.DRAINING, "is draining: set drain to false to lend again");
        }
        if (spec.maxAddresses() > 0 && lent >= spec.maxAddresses()) {
            throw refuse(Reason.EXHAUSTED, "has lent " + lent + " addresses, all that max_addrs allows: raise max_addrs");
        }
        Entry entry = request.wished().flatMap(wished -> available(AddressRange.toNumber(wished)))
                .or(() -> lastOf(request.user())).or(this::neverLent).or(this::longestFree)
                .orElseThrow(() -> refuse(Reason.EXHAUSTED, "has no free address, " + lent + " of " + lendable.size()
                        + " are lent: add a range"));
        entry.unlink();
        if (!entry.user.equals(request.user())) {
            byUser.remove(entry.user, entry);
            entry.user = request.user();
        }
        if (!entry.user.isEmpty()) {
            byUser.put(entry.user, entry);
        }
        lends++;
        mark(entry, request.holder());
        return entry;
    }

    private PoolException refuse(Reason reason, String why) {
        refusals++;
        return new PoolException(reason, "ippool \"" + name + "\" " + why);
    }

    /** The entry of an address if it may be lent now. */
    private Optional<Entry> available(long address) {
        if (!lendable.contains(address)) {
            return Optional.empty();
        }
        Entry entry = entries.get(address);
        if (entry == null) {
            return Optional.of(enter(address));
        }
        return entry.lent() || entry.pool != this ? Optional.empty() : Optional.of(entry);
    }

    private Optional<Entry> lastOf(String user) {
        return Optional.ofNullable(byUser.get(user)).filter(entry -> !entry.lent());
    }

    /** The lowest address without an entry. Each one that is passed over here was paid for when it was lent. */
    private Optional<Entry> neverLent() {
        while (freshRange < lendable.ranges().size()) {
            AddressRange range = lendable.ranges().get(freshRange);
            fresh = Math.max(fresh, range.first());
            while (fresh <= range.last()) {
                long address = fresh++;
                if (!entries.containsKey(address)) {
                    return Optional.of(enter(address));
                }
            }
            freshRange++;
        }
        return Optional.empty();
    }

    private Optional<Entry> longestFree() {
        return free.next == free ? Optional.empty() : Optional.of(free.next);
    }

    private Entry enter(long address) {
        Entry entry = new Entry(address, this);
        entries.put(address, entry);
        return entry;
    }

    private void mark(Entry entry, String holder) {
        entry.holder = holder;
        lent++;
    }

    /** Marks an address as lent that a session already has; false if it may not be. */
    boolean adopt(long address, String holder) {
        Optional<Entry> entry = available(address);
        entry.ifPresent(found -> {
            found.unlink();
            mark(found, holder);
        });
        return entry.isPresent();
    }

    void takeBack(Entry entry) {
        entry.holder = null;
        lent--;
        returns++;
        if (lendable.contains(entry.address)) {
            entry.linkBefore(free);
            if (!entry.user.isEmpty()) {
                byUser.put(entry.user, entry);
            }
        } else {
            forget(entry);
        }
    }

    /** Gives a lent address to the pool whose range it has become. */
    void handOver(Entry entry, Pool heir) {
        byUser.remove(entry.user, entry);
        lent--;
        entry.pool = heir;
        heir.lent++;
    }

    private void forget(Entry entry) {
        byUser.remove(entry.user, entry);
        entries.remove(entry.address);
    }

    PoolStatus status() {
        return new PoolStatus(name, lendable.size(), lent, reserved, retired || spec.draining(), lends, returns, refusals);
    }
}
