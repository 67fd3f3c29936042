package org.isthmus.core.engine;

import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.api.config.UserSecret;
import org.isthmus.api.ppp.PppProvider;
import org.isthmus.api.ppp.PppProviderSettings;

/** The providers of PPP of the moment, and what they are told. Any thread may use it. */
public final class PppProviders {
    private final Plugins plugins;
    private volatile List<PppProvider> providers = List.of();
    private PppProviderSettings settings = of(Settings.EMPTY, List.of());

    /** @param plugins whom one that throws is reported to */
    PppProviders(Plugins plugins) {
        this.plugins = plugins;
    }

    /** @param best the providers, the first to be asked in front */
    public synchronized void providers(List<PppProvider> best) {
        best.stream().filter(provider -> !providers.contains(provider)).forEach(this::tell);
        providers = List.copyOf(best);
    }

    /** Says what the file wants of them. */
    synchronized void configure(Settings system, List<UserSecret> users) {
        PppProviderSettings changed = of(system, users);
        if (!changed.equals(settings)) {
            settings = changed;
            providers.forEach(this::tell);
        }
    }

    private static PppProviderSettings of(Settings system, List<UserSecret> users) {
        return new PppProviderSettings(system.get(SystemParameters.PPP_STARTUP_RATE_LIMIT),
                system.get(SystemParameters.PPP_STARTUP_CONCURRENCY_LIMIT), users);
    }

    private void tell(PppProvider provider) {
        try {
            provider.configure(settings);
        } catch (RuntimeException broken) {
            plugins.failed(provider, broken);
        }
    }

    Optional<PppProvider> find(String name) {
        return providers.stream().filter(provider -> provider.name().equals(name)).findFirst();
    }
}
