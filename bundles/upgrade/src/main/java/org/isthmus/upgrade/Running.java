package org.isthmus.upgrade;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.isthmus.handover.Handover;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One upgrade on its way. */
final class Running {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);
    private static final Duration LOOK_AFTER_RETURN = Duration.ofSeconds(3);

    private final Upgrade.Prepared prepared;
    private final UpgradeFiles files;
    private final Pauses pauses;
    private final Handover handover;
    private final Components components;
    private final Offer.Features features;
    private final Consumer<String> progress;
    private final EngineView view;
    private final DescriptorCalls calls;
    private final List<Bundle> affected;
    private final Swap swap;
    private final List<String> notes = new ArrayList<>();

    Running(BundleContext context, Upgrade.Prepared prepared, UpgradeFiles files, Pauses pauses, Handover handover,
            Components components, Consumer<String> progress) {
        this.prepared = prepared;
        this.files = files;
        this.pauses = pauses;
        this.handover = handover;
        this.components = components;
        this.features = new KarafFeatures(context);
        this.progress = progress;
        this.view = new EngineView(context);
        this.calls = new DescriptorCalls(context);
        this.affected = prepared.worked().affected();
        this.swap = new Swap(context, affected);
    }

    private Map<Bundle, NewBundle> comers() {
        return prepared.worked().comers();
    }

    private String names() {
        return comers().values().stream().map(NewBundle::toString).collect(Collectors.joining(", "));
    }

    private void tell(String sentence) {
        LOG.info("{}", sentence);
        progress.accept(sentence);
    }

    /** @throws UpgradeException if nothing was touched */
    Outcome run(Duration length) throws UpgradeException {
        tell("Looking at the peers and sessions, and keeping the versions that run ...");
        Map<Bundle, Path> versionsBefore = keepVersions();
        Baseline before = Baseline.take(view, components, affected).now(view);
        before.census().ifPresent(census -> tell("Up: " + count(census.tunnelsUp(), "tunnel") + " and " + count(census.sessionsUp(), "session")
                + ". Answering: " + count(before.answering().size(), "peer") + ". Receiving packets: "
                + count(before.receiving().size(), "session") + "."));
        tell("Replacing by " + names() + " ...");
        Watch watch = new Watch(view, components, affected, before);
        long began = System.nanoTime();
        KeptParcels kept = null;
        boolean started = false;
        try {
            swap.stop();
            kept = KeptParcels.of(handover, calls);
            swap.update(jars());
            swap.start();
            watch.awaitReady();
            started = true;
            long pause = (System.nanoTime() - began) / 1_000_000;
            tell("All of it runs again after " + pause + " ms. Looking for " + length.toSeconds() + " s whether all goes on ...");
            watch.look(length);
            kept.close();
            return done(pause);
        } catch (UpgradeException | RuntimeException broken) {
            UpgradeException fault = fault(broken);
            tell("It does not go on: " + fault.getMessage() + ". The version before is put back ...");
            LOG.debug("the fault", fault);
            return goBack(fault, started, kept == null ? KeptParcels.of(handover, calls) : kept, versionsBefore, before, began);
        }
    }

    /** Whatever goes wrong once bundles are stopped, the versions before are put back. */
    private static UpgradeException fault(Exception broken) {
        return broken instanceof UpgradeException fault ? fault : new UpgradeException(broken.toString(), broken);
    }

    private static String count(long number, String of) {
        return number + " " + of + (number == 1 ? "" : "s");
    }

    private Map<Bundle, Path> keepVersions() throws UpgradeException {
        Map<Bundle, Path> kept = new LinkedHashMap<>();
        for (Bundle bundle : comers().keySet()) {
            try {
                Path jar = files.before(bundle);
                BundleCopy.write(bundle, jar);
                kept.put(bundle, jar);
            } catch (IOException full) {
                throw new UpgradeException("The version of " + bundle.getSymbolicName() + " that runs cannot be kept for a return: "
                        + full.getMessage() + ". Nothing was touched.", full);
            }
        }
        return kept;
    }

    private Map<Bundle, Path> jars() {
        Map<Bundle, Path> jars = new LinkedHashMap<>();
        comers().forEach((bundle, comer) -> jars.put(bundle, comer.jar()));
        return jars;
    }

    private Outcome done(long pause) {
        pauses.record(comers().values().stream().map(NewBundle::symbolicName).toList(), pause);
        comers().forEach((bundle, comer) -> {
            try {
                files.install(bundle, comer.jar());
            } catch (IOException full) {
                note(comer + " runs, and does so after a restart; but the next feature that is installed brings the version before back: "
                        + full.getMessage());
            }
        });
        for (String feature : prepared.offer().features()) {
            remember(feature);
        }
        tell("Done: " + names() + " in place.");
        return new Outcome(Outcome.Result.DONE, "", pause, notes);
    }

    private void remember(String feature) {
        int slash = feature.indexOf('/');
        try {
            features.installed(feature.substring(0, slash), feature.substring(slash + 1));
        } catch (UpgradeException refused) {
            note("Its bundles run, but Karaf does not count the feature " + feature + " as installed: " + refused.getMessage());
        }
    }

    private void note(String sentence) {
        LOG.warn("{}", sentence);
        notes.add(sentence);
    }

    // ---- back again

    /** @param started whether the new versions have run, so that what they have left is not to be believed */
    private Outcome goBack(UpgradeException fault, boolean started, KeptParcels kept, Map<Bundle, Path> versionsBefore, Baseline before,
            long began) {
        try {
            swap.stop();
            if (started) {
                kept.rewind();
            } else {
                kept.fillIn();
            }
            swap.update(versionsBefore);
            swap.start();
            Watch watch = new Watch(view, components, affected, before);
            watch.awaitReady();
            long pause = (System.nanoTime() - began) / 1_000_000;
            watch.look(LOOK_AFTER_RETURN);
            tell("Rolled back: the version before goes on, nothing is lost.");
            return new Outcome(Outcome.Result.ROLLED_BACK, fault.getMessage(), pause, notes);
        } catch (UpgradeException | RuntimeException worse) {
            LOG.error("the version before does not go on as it was", worse);
            note("After the return: " + worse.getMessage() + ". The versions before are kept as "
                    + versionsBefore.values().stream().map(Path::toString).collect(Collectors.joining(", ")) + ".");
            return new Outcome(Outcome.Result.FAILED, fault.getMessage(), (System.nanoTime() - began) / 1_000_000, notes);
        }
    }
}
