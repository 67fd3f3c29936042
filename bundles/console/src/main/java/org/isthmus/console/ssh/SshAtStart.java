package org.isthmus.console.ssh;

import java.nio.file.Path;
import java.util.concurrent.Executor;

import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.console.Services;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches the SSH server on at the start where somebody has a key: the features that Karaf remembers are gone after an
 * upgrade, and a key may have been put into etc before the first start.
 */
@Component(service = {}, immediate = true)
public final class SshAtStart {
    private static final Logger LOG = LoggerFactory.getLogger(SshAtStart.class);

    /** @param features here so that the component waits for it */
    @Activate
    public SshAtStart(BundleContext context, @Reference FeaturesService features) {
        // Not in this thread: it may be the one that installs this bundle, for which the features service would wait.
        this(context, task -> new Thread(task, "l2tp-ssh").start());
    }

    SshAtStart(BundleContext context, Executor executor) {
        String etc = context.getProperty("karaf.etc");
        if (etc != null && somebodyHasAKey(Path.of(etc))) {
            SshServer server = new SshServer(new Services(context), Path.of(etc));
            executor.execute(() -> LOG.info("{}", server.switchOn()));
        }
    }

    private static boolean somebodyHasAKey(Path etc) {
        try {
            return !new KeysFile(etc.resolve("keys.properties")).logins().isEmpty();
        } catch (CommandException unreadable) {
            LOG.warn("nobody can log in over SSH: {}", unreadable.getMessage());
            return false;
        }
    }
}
