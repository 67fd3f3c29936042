package org.isthmus.upgrade;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** Features of the features service. */
final class KarafFeatures implements Offer.Features {
    /** By its name: a Karaf may be without it. */
    private static final String SERVICE = "org.apache.karaf.features.FeaturesService";

    private final BundleContext context;

    KarafFeatures(BundleContext context) {
        this.context = context;
    }

    private interface Use<T> {
        T of(FeaturesService service) throws Exception;
    }

    private <T> T with(Use<T> use) throws UpgradeException {
        ServiceReference<?> reference = context.getServiceReference(SERVICE);
        if (reference == null) {
            throw new UpgradeException("There is no features service here; give a file.");
        }
        try {
            return use.of((FeaturesService) context.getService(reference));
        } catch (UpgradeException ours) {
            throw ours;
        } catch (Exception failed) {
            throw new UpgradeException("The features service says: " + failed.getMessage(), failed);
        } finally {
            context.ungetService(reference);
        }
    }

    @Override
    public List<String> bundles(String name, String version) throws UpgradeException {
        return with(service -> {
            Feature feature = service.getFeature(name, version);
            if (feature == null) {
                throw new UpgradeException("There is no feature " + name + "/" + version + ". feature:list shows those that there are.");
            }
            return Stream.concat(feature.getBundles().stream(),
                    feature.getConditional().stream().flatMap(conditional -> conditional.getBundles().stream()))
                    .filter(bundle -> !bundle.isDependency()).map(BundleInfo::getLocation).toList();
        });
    }

    @Override
    public Optional<String> newest(String name) throws UpgradeException {
        return with(service -> Stream.of(service.getFeatures(name)).map(Feature::getVersion)
                .max((one, other) -> version(one).compareTo(version(other))));
    }

    private static Version version(String text) {
        try {
            return Version.parseVersion(text.replace("-", "."));
        } catch (IllegalArgumentException strange) {
            return Version.emptyVersion;
        }
    }

    @Override
    public void installed(String name, String version) throws UpgradeException {
        with(service -> {
            service.installFeatures(Set.of(name + "/" + version),
                    EnumSet.of(FeaturesService.Option.Upgrade, FeaturesService.Option.NoAutoRefreshBundles));
            return null;
        });
    }
}
