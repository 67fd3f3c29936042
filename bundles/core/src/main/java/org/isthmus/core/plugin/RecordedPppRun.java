package org.isthmus.core.plugin;

import java.util.Objects;
import java.util.function.Supplier;

import org.isthmus.api.ppp.PppRun;

/** The PPP of a session, with its calls recorded as those of its provider. What the provider throws comes as {@link PluginFailure}. */
public final class RecordedPppRun implements PppRun {
    private final CallRecord record;
    private final PppRun run;

    /** Has the provider begin it. */
    public RecordedPppRun(CallRecord record, Supplier<PppRun> beginning) {
        this.record = record;
        this.run = record.call(() -> Objects.requireNonNull(beginning.get(), "no PPP"));
        record.succeeded();
    }

    @Override
    public void close(String why) {
        record.run(() -> run.close(why));
    }

    @Override
    public void abandon() {
        record.run(run::abandon);
    }

    @Override
    public void mtu(int mtu) {
        record.run(() -> run.mtu(mtu));
    }
}
