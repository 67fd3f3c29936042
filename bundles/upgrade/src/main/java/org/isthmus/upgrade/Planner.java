package org.isthmus.upgrade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/** Works out what an upgrade does, and whether it can be. Touches nothing. */
final class Planner {
    /** What cannot be replaced while the process runs: why, and what to do. */
    private static final Map<String, String[]> FIXED = Map.of(
            "org.isthmus.jnr", new String[] {"its native parts stay loaded until the process ends, and a second copy would leak",
                    "Replace it with a new build of the appliance and l2tp:restart: the process starts anew, sessions go on."},
            "org.isthmus.handover", new String[] {"it keeps what the others leave, and has nobody to leave that to",
                    "Replace it with a new build of the appliance and l2tp:restart: the process starts anew, sessions go on."},
            "org.isthmus.upgrade", new String[] {"it carries this command, and would stop in the middle of it",
                    "Tunnels do not need it: bundle:update org.isthmus.upgrade URL replaces it."});

    private final BundleContext context;
    private final Pauses pauses;

    Planner(BundleContext context, Pauses pauses) {
        this.context = context;
        this.pauses = pauses;
    }

    /**
     * A plan, and what it needs to be carried out.
     *
     * @param plan     for people
     * @param comers   what comes, by the bundle that it replaces
     * @param affected all that stop and start, in the order of starting
     */
    record Worked(Plan plan, Map<Bundle, NewBundle> comers, List<Bundle> affected) {
    }

    /** @param older whether a version may be replaced by one that is older */
    Worked plan(List<NewBundle> offered, boolean older) {
        List<Plan.Refusal> refusals = new ArrayList<>();
        Map<Bundle, NewBundle> comers = new LinkedHashMap<>();
        for (NewBundle comer : offered) {
            Optional<Bundle> present = installed(comer.symbolicName());
            boolean alone = comer.origin() == NewBundle.Origin.FILE;
            if (!alone && present.filter(bundle -> bundle.getVersion().equals(comer.version())).isPresent()
                    || comer.origin() == NewBundle.Origin.FEATURE && present.isEmpty()) {
                continue; // there already, or added when all is well
            }
            present.ifPresentOrElse(bundle -> {
                comers.put(bundle, comer);
                objection(bundle, comer, older).ifPresent(refusals::add);
            }, () -> refusals.add(new Plan.Refusal(comer.symbolicName(), "no bundle of that name is installed that it could replace",
                    "bundle:install -s or feature:install adds what is new; bundle:list -t 0 -s shows what there is.")));
        }
        List<Bundle> affected = affected(comers.keySet());
        wiring(comers, affected, refusals);
        Plan plan = new Plan(comers.entrySet().stream().map(entry -> replaced(entry.getKey(), entry.getValue())).toList(),
                affected.stream().filter(bundle -> !comers.containsKey(bundle)).map(Planner::restarted).toList(), refusals,
                pauses.expected(comers.keySet(), affected));
        return new Worked(plan, comers, affected);
    }

    private Optional<Bundle> installed(String symbolicName) {
        return Stream.of(context.getBundles()).filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .max(Comparator.comparing(Bundle::getVersion));
    }

    private Optional<Plan.Refusal> objection(Bundle bundle, NewBundle comer, boolean older) {
        String name = comer.symbolicName();
        String[] fixed = FIXED.get(name);
        if (fixed != null) {
            return Optional.of(new Plan.Refusal(name, fixed[0], fixed[1]));
        }
        if (bundle.getState() != Bundle.ACTIVE) {
            return Optional.of(new Plan.Refusal(name, "it is not running, so that nobody could say whether the new version does as well",
                    "bundle:update replaces it; bundle:diag " + name + " says why it does not run."));
        }
        int order = comer.version().compareTo(bundle.getVersion());
        if (order < 0 && !older) {
            return Optional.of(new Plan.Refusal(name, "version " + comer.version() + " is older than " + bundle.getVersion()
                    + ", which runs", "Give --older if that is meant."));
        }
        return parcels(bundle, comer);
    }

    /** What the version that runs will leave must be what the new one can read. */
    private static Optional<Plan.Refusal> parcels(Bundle bundle, NewBundle comer) {
        List<HeaderClause> read = comer.header(ManifestHeaders.PARCELS);
        for (HeaderClause left : HeaderClause.parse(bundle.getHeaders("").get(ManifestHeaders.PARCELS))) {
            String version = left.attributes().get("leaves");
            for (String key : left.names()) {
                Set<String> readable = new TreeSet<>();
                read.stream().filter(clause -> clause.names().contains(key))
                        .forEach(clause -> readable.addAll(Arrays.asList(clause.attributes().getOrDefault("reads", "").split("\\s*,\\s*"))));
                if (version != null && !readable.contains(version)) {
                    return Optional.of(new Plan.Refusal(comer.symbolicName(), bundle.getVersion() + " leaves version " + version + " of "
                            + key + ", and " + comer.version() + (readable.isEmpty() ? " reads none of it"
                                    : " reads " + String.join(", ", readable)),
                            "Go by a version in between that reads " + version + ", or restart the appliance with the new version when sessions"
                                    + " may end."));
                }
            }
        }
        return Optional.empty();
    }

    /** Those that are replaced, those that use packages of them, and those that stop with them, as they are to be started. */
    private List<Bundle> affected(Collection<Bundle> replaced) {
        FrameworkWiring wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        Comparator<Bundle> byStart = Comparator.<Bundle>comparingInt(bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel())
                .thenComparing(Bundle::getBundleId);
        List<Bundle> wired = Stream.concat(replaced.stream(), wiring.getDependencyClosure(replaced).stream()).toList();
        return Stream.concat(wired.stream(), wired.stream().flatMap(this::stoppingWith)).distinct().sorted(byStart).toList();
    }

    /** What has to leave first what a bundle has to hand over. */
    private Stream<Bundle> stoppingWith(Bundle bundle) {
        return Stream.of(says(bundle, "with").split("\\s*,\\s*")).flatMap(name -> installed(name).stream())
                .filter(other -> other.getState() == Bundle.ACTIVE);
    }

    private void wiring(Map<Bundle, NewBundle> comers, List<Bundle> affected, List<Plan.Refusal> refusals) {
        List<Bundle> staying = Stream.of(context.getBundles()).filter(bundle -> !comers.containsKey(bundle)).toList();
        WiringCheck check = new WiringCheck(staying, List.copyOf(comers.values()));
        comers.values().forEach(comer -> check.lacks(comer).forEach(lack -> refusals.add(new Plan.Refusal(comer.symbolicName(), lack,
                "Give the bundle that has it along with this one, or install it first."))));
        for (Bundle bundle : affected) {
            if (comers.containsKey(bundle)) {
                continue;
            }
            check.wouldMiss(bundle).forEach(miss -> refusals.add(new Plan.Refusal(bundle.getSymbolicName(), miss,
                    "Give a version of " + bundle.getSymbolicName() + " that goes with it along: both are replaced at once.")));
            String[] fixed = FIXED.get(bundle.getSymbolicName());
            if (fixed != null) {
                refusals.add(new Plan.Refusal(bundle.getSymbolicName(), "it would restart with what it uses, but " + fixed[0], fixed[1]));
            }
        }
    }

    private static Plan.Replaced replaced(Bundle bundle, NewBundle comer) {
        return new Plan.Replaced(comer.symbolicName(), bundle.getVersion().toString(), comer.version().toString(), says(bundle, "keeps"),
                says(bundle, "instead"));
    }

    private static Plan.Restarted restarted(Bundle bundle) {
        return new Plan.Restarted(bundle.getSymbolicName(), bundle.getVersion().toString(), says(bundle, "keeps"), says(bundle, "instead"));
    }

    /** What a bundle says of its replacement, or an empty text. */
    static String says(Bundle bundle, String attribute) {
        return HeaderClause.parse(bundle.getHeaders("").get(ManifestHeaders.REPLACEMENT)).stream()
                .map(clause -> clause.attributes().getOrDefault(attribute, "")).findFirst().orElse("");
    }
}
