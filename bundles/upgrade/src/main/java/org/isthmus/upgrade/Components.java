package org.isthmus.upgrade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Whether the components of bundles do. */
final class Components {
    private static final int CAUSED = "Caused by: ".length();

    private final ServiceComponentRuntime runtime;

    Components(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /** The names of those that can be used. */
    Set<String> ready(Collection<Bundle> bundles) {
        return descriptions(bundles).filter(description -> runtime.getComponentConfigurationDTOs(description).stream()
                .anyMatch(Components::isReady)).map(description -> description.name).collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<ComponentDescriptionDTO> descriptions(Collection<Bundle> bundles) {
        return runtime.getComponentDescriptionDTOs(bundles.toArray(Bundle[]::new)).stream();
    }

    private static boolean isReady(ComponentConfigurationDTO configuration) {
        return configuration.state == ComponentConfigurationDTO.ACTIVE || configuration.state == ComponentConfigurationDTO.SATISFIED;
    }

    /** The names of those that are described, whether they do or not. */
    Set<String> described(Collection<Bundle> bundles) {
        return descriptions(bundles).map(description -> description.name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that threw when they were to start, with what they threw. */
    List<String> failed(Collection<Bundle> bundles) {
        List<String> failed = new ArrayList<>();
        descriptions(bundles).forEach(description -> runtime.getComponentConfigurationDTOs(description).stream()
                .filter(configuration -> configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .forEach(configuration -> failed.add(description.name + " does not start: " + cause(configuration.failure))));
        return failed;
    }

    /** The innermost cause in a stack trace that has something to say, in a line. */
    private static String cause(String trace) {
        List<String> lines = trace == null ? List.of() : trace.lines().toList();
        return lines.stream().filter(line -> line.startsWith("Caused by: ") && line.lastIndexOf(": ") > CAUSED)
                .reduce((first, second) -> second)
                .map(line -> line.substring(CAUSED)).orElse(lines.isEmpty() ? "the log says why" : lines.get(0));
    }
}
