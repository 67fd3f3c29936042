package org.isthmus.core.plugin;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread for each plugin that is asked, which ends when nothing is asked for a while, and one that looks at the clock. */
public final class PluginThreads implements PluginCalls.Threads, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginThreads.class);
    /** How many calls may wait for one plugin. */
    private static final int MOST_WAITING = 65_536;
    private static final long IDLE_SECONDS = 30;

    private final Map<Object, ThreadPoolExecutor> byPlugin = Collections.synchronizedMap(new IdentityHashMap<>());
    /** In the order in which they are due, since all have the same time. */
    private final Queue<Limit> limits = new ConcurrentLinkedQueue<>();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> thread(task, "isthmus-plugin-clock"));

    private record Limit(CompletableFuture<?> answer, Runnable late, long dueNanos) {
    }

    /** @param book whose plugins' calls are looked after */
    public PluginThreads(PluginBook book) {
        clock.scheduleWithFixedDelay(() -> {
            expire();
            book.watch();
        }, 1, 1, TimeUnit.SECONDS);
    }

    /** Does this every second, until all is closed. */
    public void eachSecond(Runnable task) {
        clock.scheduleWithFixedDelay(() -> {
            try {
                task.run();
            } catch (RuntimeException broken) { // it would not be done again
                LOG.warn("what is done each second failed: {}", broken.toString(), broken);
            }
        }, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public boolean run(Object plugin, Runnable call) {
        try {
            byPlugin.computeIfAbsent(plugin, PluginThreads::executor).execute(call);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    private static ThreadPoolExecutor executor(Object plugin) {
        ThreadPoolExecutor made = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING), task -> thread(task, "isthmus-plugin-" + plugin.getClass().getSimpleName()));
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    private static Thread thread(Runnable task, String name) {
        Thread made = new Thread(task, name);
        made.setDaemon(true);
        return made;
    }

    @Override
    public void limit(CompletableFuture<?> answer, Runnable late) {
        limits.add(new Limit(answer, late, System.nanoTime() + CallRecord.LIMIT.toNanos()));
    }

    private void expire() {
        long now = System.nanoTime();
        for (Limit first = limits.peek(); first != null && (first.answer().isDone() || now - first.dueNanos() >= 0); first = limits.peek()) {
            limits.remove();
            if (!first.answer().isDone()) {
                first.late().run();
            }
        }
    }

    /** A plugin has gone: what it was asked and has not begun is not asked any more. */
    public void forget(Object plugin) {
        ThreadPoolExecutor its = byPlugin.remove(plugin);
        if (its != null) {
            its.shutdown();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (byPlugin) {
            byPlugin.values().forEach(ThreadPoolExecutor::shutdownNow);
        }
    }
}
