package org.isthmus.config;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.config.ApplyReport;
import org.isthmus.api.config.ConfigFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives {@link ConfigService} its file, its engine and a thread, on which files are read and the engine is asked. The
 * file is looked at once in a second: that finds an editor's rename, a mounted file that is exchanged and a changed
 * mode alike, which notifications of the file system do not.
 */
@Component(immediate = true)
public final class ConfigComponent implements ConfigFile {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigComponent.class);
    private static final String FILE_NAME = "l2tpd.conf";
    private static final long LOOK_MILLIS = 1000;
    private static final long STOP_SECONDS = 5;

    private final ConfigService service;
    private final ScheduledExecutorService thread;

    @Activate
    public ConfigComponent(BundleContext context) {
        String etc = context.getProperty("karaf.etc");
        Path file = Path.of(etc == null ? "etc" : etc, FILE_NAME).toAbsolutePath().normalize();
        service = new ConfigService(file, Clock.systemUTC());
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, FILE_NAME);
            made.setDaemon(true);
            return made;
        });
        run(service::start);
        thread.scheduleWithFixedDelay(guarded(service::look), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A new version of the engine is bound before the old one is unbound. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindEngine(L2tpAdmin engine) {
        service.engineCame(engine);
        run(service::look);
    }

    void unbindEngine(L2tpAdmin engine) {
        service.engineWent(engine);
    }

    @Deactivate
    void stop() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("the thread {} still works {} seconds after it was asked to stop", FILE_NAME, STOP_SECONDS);
        }
    }

    private void run(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException stopped) {
            LOG.debug("stopped before the engine could be told", stopped);
        }
    }

    /** A fault must not end the watch, not even a heap that was too small for a file. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error fault) {
                LOG.error("looking after {} failed", FILE_NAME, fault);
            }
        };
    }

    @Override
    public Path path() {
        return service.path();
    }

    @Override
    public ApplyReport reload() {
        return service.reload();
    }

    @Override
    public ApplyReport check() {
        return service.check();
    }

    @Override
    public ApplyReport check(Path file) {
        return service.check(file);
    }

    @Override
    public Optional<Outcome> lastOutcome() {
        return service.lastOutcome();
    }
}
