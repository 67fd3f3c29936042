package org.isthmus.core.simulator;

import java.util.concurrent.CompletableFuture;

import org.isthmus.core.plugin.CallRecord;
import org.isthmus.core.plugin.PluginCalls;

/** Plugins are asked at once, and have virtual time to answer. */
record SimPluginThreads(World world) implements PluginCalls.Threads {
    @Override
    public boolean run(Object plugin, Runnable call) {
        return NONE.run(plugin, call);
    }

    @Override
    public void limit(CompletableFuture<?> answer, Runnable late) {
        world.after(CallRecord.LIMIT.toMillis(), () -> {
            if (!answer.isDone()) {
                late.run();
            }
        });
    }
}
