package org.isthmus.upgrade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/**
 * Whether everything finds what it needs once new bundles are in the place of old ones: packages by name and version, other capabilities
 * by their filter.
 */
final class WiringCheck {
    private final Map<String, List<Map<String, Object>>> provided = new HashMap<>();
    private final List<NewBundle> comers;

    /**
     * @param staying the bundles that are not replaced
     * @param comers  those that come
     */
    WiringCheck(Collection<Bundle> staying, List<NewBundle> comers) {
        this.comers = comers;
        for (Bundle bundle : staying) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (revision != null) {
                for (BundleCapability capability : revision.getDeclaredCapabilities(null)) {
                    provide(capability.getNamespace(), capability.getAttributes());
                }
            }
        }
        comers.forEach(this::provide);
    }

    private void provide(NewBundle bundle) {
        for (HeaderClause clause : bundle.header(Constants.EXPORT_PACKAGE)) {
            for (String name : clause.names()) {
                Map<String, Object> attributes = new LinkedHashMap<>(clause.attributes());
                attributes.put(PackageNamespace.PACKAGE_NAMESPACE, name);
                attributes.put(Constants.VERSION_ATTRIBUTE, version(clause.attributes().get(Constants.VERSION_ATTRIBUTE)));
                attributes.put(Constants.BUNDLE_SYMBOLICNAME_ATTRIBUTE, bundle.symbolicName());
                provide(PackageNamespace.PACKAGE_NAMESPACE, attributes);
            }
        }
        for (HeaderClause clause : bundle.header(Constants.PROVIDE_CAPABILITY)) {
            Map<String, Object> attributes = new LinkedHashMap<>();
            clause.attributes().forEach((name, value) -> attributes.put(name, value.contains(",") ? List.of(value.split("\\s*,\\s*")) : value));
            clause.names().forEach(namespace -> provide(namespace, attributes));
        }
    }

    private void provide(String namespace, Map<String, Object> attributes) {
        provided.computeIfAbsent(namespace, key -> new ArrayList<>()).add(attributes);
    }

    private static Version version(String text) {
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException strange) {
            return Version.emptyVersion;
        }
    }

    /** What a new bundle needs and nobody offers, in words. */
    List<String> lacks(NewBundle bundle) {
        List<String> lacking = new ArrayList<>();
        for (HeaderClause clause : bundle.header(Constants.IMPORT_PACKAGE)) {
            for (String name : clause.names()) {
                if (!clause.isOptional() && !imports(name, clause.attributes().get(Constants.VERSION_ATTRIBUTE))) {
                    lacking.add(packageLacks(name, clause.attributes().get(Constants.VERSION_ATTRIBUTE)));
                }
            }
        }
        for (HeaderClause clause : bundle.header(Constants.REQUIRE_CAPABILITY)) {
            for (String namespace : clause.names()) {
                String filter = clause.directives().get("filter");
                if (!clause.isOptional() && !"active".equals(clause.directives().get("effective")) && !has(namespace, filter)) {
                    lacking.add("it needs " + namespace + (filter == null ? "" : " " + filter) + ", which nobody offers");
                }
            }
        }
        return lacking;
    }

    private boolean imports(String name, String range) {
        try {
            VersionRange wanted = new VersionRange(range == null ? "0" : range);
            return packages(name).stream().anyMatch(exported -> exported instanceof Version version && wanted.includes(version));
        } catch (IllegalArgumentException strange) {
            return false;
        }
    }

    private List<Object> packages(String name) {
        return provided.getOrDefault(PackageNamespace.PACKAGE_NAMESPACE, List.of()).stream()
                .filter(attributes -> name.equals(attributes.get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(attributes -> attributes.getOrDefault(Constants.VERSION_ATTRIBUTE, Version.emptyVersion)).toList();
    }

    private String packageLacks(String name, String range) {
        Set<String> there = packages(name).stream().map(Object::toString).collect(Collectors.toSet());
        return "it imports " + name + (range == null ? "" : " " + range) + ", "
                + (there.isEmpty() ? "which nobody exports" : "and there is " + String.join(", ", there));
    }

    private boolean has(String namespace, String filter) {
        List<Map<String, Object>> all = provided.getOrDefault(namespace, List.of());
        if (filter == null) {
            return !all.isEmpty();
        }
        try {
            Filter wanted = FrameworkUtil.createFilter(filter);
            return all.stream().anyMatch(wanted::matches);
        } catch (InvalidSyntaxException strange) {
            return false;
        }
    }

    /** What a bundle that stays would miss then, in words. */
    List<String> wouldMiss(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null || (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0) {
            return List.of();
        }
        List<String> missing = new ArrayList<>();
        for (BundleRequirement requirement : revision.getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE)) {
            Map<String, String> directives = requirement.getDirectives();
            String filter = directives.get(Namespace.REQUIREMENT_FILTER_DIRECTIVE);
            if (Namespace.RESOLUTION_OPTIONAL.equals(directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE)) || filter == null
                    || has(PackageNamespace.PACKAGE_NAMESPACE, filter)) {
                continue;
            }
            String now = comers.stream().flatMap(comer -> comer.header(Constants.EXPORT_PACKAGE).stream()
                    .flatMap(clause -> clause.names().stream().filter(name -> filter.contains("=" + name + ")"))
                            .map(name -> name + " " + clause.attributes().getOrDefault(Constants.VERSION_ATTRIBUTE, "0"))))
                    .findFirst().map(offered -> ", and would find " + offered).orElse("");
            missing.add(bundle.getSymbolicName() + " " + bundle.getVersion() + " needs " + filter + now);
        }
        return missing;
    }
}
