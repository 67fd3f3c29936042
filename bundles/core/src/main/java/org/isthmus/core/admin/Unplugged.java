package org.isthmus.core.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.isthmus.core.plugin.Owner;
import org.isthmus.core.plugin.PluginBook;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Looks for bundles that would plug in but cannot: those that use the api and lack a package, and those with a component for the engine
 * that lacks a service, its configuration, or does not start. Used by one thread.
 */
final class Unplugged {
    private static final String API = "org.isthmus.api";
    private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([\\w.]+)");
    private static final Pattern BOUND = Pattern.compile("(!?)\\(version>=([^)]+)\\)");
    /** So often it has to be seen before it is told: others may just be starting. */
    private static final int LOOKS = 5;

    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final PluginBook book;
    private final Map<Bundle, Sight> seen = new HashMap<>();

    private record Sight(String lack, int times) {
    }

    Unplugged(BundleContext context, ServiceComponentRuntime components, PluginBook book) {
        this.context = context;
        this.components = components;
        this.book = book;
    }

    /** To be called every second or so. */
    void look() {
        Map<Bundle, Sight> before = new HashMap<>(seen);
        seen.clear();
        for (Bundle bundle : context.getBundles()) {
            lack(bundle).ifPresent(lack -> {
                Sight last = before.get(bundle);
                int times = last != null && last.lack.equals(lack) ? last.times + 1 : 1;
                seen.put(bundle, new Sight(lack, times));
                if (times == LOOKS) {
                    book.lacks(owner(bundle), lack);
                }
            });
        }
        before.keySet().stream().filter(bundle -> !seen.containsKey(bundle)).forEach(bundle -> book.lacksNothing(owner(bundle)));
    }

    private static Owner owner(Bundle bundle) {
        String name = bundle.getSymbolicName();
        return new Owner(name == null ? bundle.getLocation() : name, bundle.getVersion().toString());
    }

    private Optional<String> lack(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.INSTALLED -> missingPackages(bundle);
            case Bundle.ACTIVE -> components.getComponentDescriptionDTOs(bundle).stream().filter(Unplugged::isForTheEngine)
                    .flatMap(component -> missing(component).stream()).findFirst();
            default -> Optional.empty();
        };
    }

    // ---- packages

    private Optional<String> missingPackages(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return Optional.empty();
        }
        List<BundleRequirement> needs = revision.getDeclaredRequirements(null);
        if (needs.stream().noneMatch(need -> packageOf(need).startsWith(API))) {
            return Optional.empty();
        }
        FrameworkWiring wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        List<String> missing = needs.stream().filter(need -> isMandatory(need) && wiring.findProviders(need).isEmpty())
                .map(Unplugged::words).toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of("it cannot be resolved: " + String.join("; ", missing));
    }

    private static boolean isMandatory(BundleRequirement need) {
        return !Namespace.RESOLUTION_OPTIONAL.equals(need.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE))
                && !PackageNamespace.RESOLUTION_DYNAMIC.equals(need.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE));
    }

    private static String filter(BundleRequirement need) {
        return need.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
    }

    private static String packageOf(BundleRequirement need) {
        Matcher found = PACKAGE.matcher(filter(need));
        return need.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE) && found.find() ? found.group(1) : "";
    }

    private static String words(BundleRequirement need) {
        String name = packageOf(need);
        if (name.isEmpty()) {
            return "there is no " + need.getNamespace() + " " + filter(need) + ": install what provides it";
        }
        String wanted = "there is no package " + name + versions(filter(need));
        return wanted + (name.startsWith(API) ? ": it was made for another version of Isthmus; take the one that was made for this one"
                : ": put the bundle that exports it into deploy/ too, or have both in one KAR");
    }

    /** {@code [1.2,2)}, as it stands in a manifest; empty for any version. */
    private static String versions(String filter) {
        String from = "";
        String below = "";
        Matcher bound = BOUND.matcher(filter);
        while (bound.find()) {
            if (bound.group(1).isEmpty()) {
                from = bound.group(2);
            } else {
                below = bound.group(2);
            }
        }
        return from.isEmpty() ? "" : below.isEmpty() ? " " + from : " [" + from + "," + below + ")";
    }

    // ---- components

    private static boolean isForTheEngine(ComponentDescriptionDTO component) {
        return Stream.of(component.serviceInterfaces).anyMatch(service -> service.startsWith(API));
    }

    private Optional<String> missing(ComponentDescriptionDTO component) {
        if (!components.isComponentEnabled(component)) {
            return Optional.empty();
        }
        Collection<ComponentConfigurationDTO> made = components.getComponentConfigurationDTOs(component);
        List<String> lacks = new ArrayList<>();
        if (made.isEmpty() && component.configurationPolicy.equals("require")) {
            lacks.add(noConfiguration(component));
        }
        for (ComponentConfigurationDTO one : made) {
            switch (one.state) {
                case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> lacks.add(noConfiguration(component));
                case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> lacks.add(noService(component, one));
                case ComponentConfigurationDTO.FAILED_ACTIVATION -> lacks.add("its component " + component.name + " does not start: "
                        + reason(one.failure) + "; the log has more, bundle:restart tries it again");
                default -> {
                    return Optional.empty();
                }
            }
        }
        return lacks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", lacks));
    }

    private static String noConfiguration(ComponentDescriptionDTO component) {
        return "its component " + component.name + " has no configuration: write etc/" + component.configurationPid[0] + ".cfg";
    }

    private static String noService(ComponentDescriptionDTO component, ComponentConfigurationDTO one) {
        Map<String, String> types = Stream.of(component.references)
                .collect(Collectors.toMap(reference -> reference.name, reference -> reference.interfaceName, (first, second) -> first));
        return Stream.of(one.unsatisfiedReferences)
                .map(lacking -> types.getOrDefault(lacking.name, lacking.name) + (lacking.target == null ? "" : " " + lacking.target))
                .collect(Collectors.joining(", ", "its component " + component.name + " waits for the service ",
                        ": install or start the bundle that offers it"));
    }

    /** The message of what was thrown, which SCR tells with its trace. */
    private static String reason(String failure) {
        String trace = failure == null ? "" : failure;
        return trace.lines().filter(line -> line.startsWith("Caused by: ")).reduce((first, second) -> second)
                .map(line -> line.substring("Caused by: ".length())).orElseGet(() -> trace.lines().findFirst().orElse("it does not say why"));
    }
}
