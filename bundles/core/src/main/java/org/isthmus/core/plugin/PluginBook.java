package org.isthmus.core.plugin;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.isthmus.api.PluginStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is plugged in, whose it is, and how its calls went. Any thread. */
public final class PluginBook {
    private static final Logger LOG = LoggerFactory.getLogger(PluginBook.class);

    private final Map<Object, CallRecord> records = Collections.synchronizedMap(new IdentityHashMap<>());
    private final LongSupplier millis;
    private final LongAdder failures = new LongAdder();
    /** Bundles that would plug in but cannot, and what they lack. */
    private final Map<Owner, String> lacking = new ConcurrentHashMap<>();

    /** @param millis a clock that never goes back */
    public PluginBook(LongSupplier millis) {
        this.millis = millis;
    }

    /**
     * A plugin has come.
     *
     * @param kind  what it is, in words, such as "address pool"
     * @param name  its name; empty for that of its class
     * @param limit how long a call may take to return
     */
    public void add(Object plugin, String kind, String name, Owner owner, Duration limit) {
        records.put(plugin, record(kind, name.isEmpty() ? plugin.getClass().getName() : name, owner, limit));
    }

    /** It has gone. */
    public void remove(Object plugin) {
        records.remove(plugin);
    }

    /** How its calls went; one that was never added is nobody's. */
    public CallRecord of(Object plugin) {
        CallRecord known = records.get(plugin);
        return known != null ? known : record("plugin", plugin.getClass().getName(), Owner.NOBODY, CallRecord.LIMIT);
    }

    private CallRecord record(String kind, String name, Owner owner, Duration limit) {
        return new CallRecord(kind, name, owner, limit, millis, failures);
    }

    /** A bundle would plug in but lacks something: what that is, and what to do about it. */
    public void lacks(Owner bundle, String what) {
        lacking.put(bundle, what);
        failures.increment();
        LOG.error("{} is not plugged in: {}", bundle, what);
    }

    /** It has what it lacked, or is gone. */
    public void lacksNothing(Owner bundle) {
        if (lacking.remove(bundle) != null) {
            LOG.info("{} lacks nothing any more, or is gone", bundle);
        }
    }

    /** How many calls failed or were overdue, of plugins that have gone too. */
    public long failures() {
        return failures.sum();
    }

    /** Looks for calls that have not returned for too long. To be called every second or so. */
    public void watch() {
        all().forEach(CallRecord::watch);
    }

    /** @param now the time of people, for until when they are set aside */
    public List<PluginStatus> status(Instant now) {
        Stream<PluginStatus> unplugged = lacking.entrySet().stream().map(entry -> new PluginStatus(PluginStatus.NOT_PLUGGED_IN,
                entry.getKey().bundle(), entry.getKey().bundle(), entry.getKey().version(), 0, 0, 0, Duration.ZERO, Duration.ZERO,
                Optional.empty(), entry.getValue()));
        return Stream.concat(all().stream().map(record -> record.status(now)), unplugged)
                .sorted(Comparator.comparing(PluginStatus::kind).thenComparing(PluginStatus::name)
                        .thenComparing(PluginStatus::bundle)).toList();
    }

    private List<CallRecord> all() {
        synchronized (records) {
            return List.copyOf(records.values());
        }
    }
}
