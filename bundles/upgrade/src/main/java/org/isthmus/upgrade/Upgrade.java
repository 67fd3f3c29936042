package org.isthmus.upgrade;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.isthmus.handover.Handover;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Replaces bundles while tunnels are up, one upgrade at a time. Any thread may call. */
@Component(service = Upgrade.class, immediate = true)
public final class Upgrade {
    private final BundleContext context;
    private final Handover handover;
    private final Components components;
    private final UpgradeFiles files;
    private final Planner planner;
    private final Pauses pauses;
    private final AtomicBoolean running = new AtomicBoolean();

    @Activate
    public Upgrade(BundleContext context, @Reference Handover handover, @Reference ServiceComponentRuntime runtime) {
        this.context = context;
        this.handover = handover;
        this.components = new Components(runtime);
        String data = context.getProperty("karaf.data");
        this.files = new UpgradeFiles(Path.of(data == null ? "data" : data).resolve("upgrade"));
        this.pauses = new Pauses(files.pauses());
        this.planner = new Planner(context, pauses);
    }

    /**
     * What was asked for, and what it would do.
     *
     * @param offer  what is to come
     * @param worked the plan
     */
    record Prepared(Offer offer, Planner.Worked worked) {
    }

    /**
     * Begins: from now on nobody else can, until {@link #end}.
     *
     * @throws UpgradeException if somebody else has begun
     */
    void begin() throws UpgradeException {
        if (!running.compareAndSet(false, true)) {
            throw new UpgradeException("Another upgrade is going on. The log says how it goes.");
        }
    }

    /** Nothing is going on any more. */
    void end() {
        running.set(false);
    }

    /**
     * Works out what an upgrade does. Touches nothing.
     *
     * @param typed  files, URLs, KARs, features
     * @param folder of relative paths
     * @param older  whether older versions may come
     */
    Prepared prepare(List<String> typed, Path folder, boolean older) throws UpgradeException {
        try {
            Offer offer = new Offers(files.scratch(), new KarafFeatures(context)).fetch(typed, folder);
            return new Prepared(offer, planner.plan(offer.bundles(), older));
        } catch (IOException full) {
            throw new UpgradeException("The appliance's data folder cannot be written: " + full.getMessage() + ".", full);
        }
    }

    /**
     * Carries it out, on a thread of its own: it goes on when whoever has asked goes.
     *
     * @param watch    how long to look afterwards whether all goes on
     * @param progress is told what is done, in sentences; on that thread
     * @return completes with what became of it, or with an {@link UpgradeException} if nothing was touched
     */
    CompletableFuture<Outcome> carryOut(Prepared prepared, Duration watch, Consumer<String> progress) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                outcome.complete(new Running(context, prepared, files, pauses, handover, components, progress).run(watch));
            } catch (UpgradeException | RuntimeException | Error failed) {
                outcome.completeExceptionally(failed);
            } finally {
                end();
            }
        }, "isthmus-upgrade");
        thread.setDaemon(true);
        thread.start();
        return outcome;
    }
}
