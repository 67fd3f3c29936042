package org.isthmus.core.admin;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.L2tpListener;
import org.isthmus.api.auth.Authenticator;
import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.pool.AddressPool;
import org.isthmus.api.ppp.PppProvider;
import org.isthmus.api.quirk.Quirk;
import org.isthmus.core.checkpoint.EngineCheckpoint;
import org.isthmus.core.engine.Engine;
import org.isthmus.core.engine.Plugins;
import org.isthmus.core.engine.Words;
import org.isthmus.core.event.EventDispatcher;
import org.isthmus.core.os.Machine;
import org.isthmus.core.plugin.CallRecord;
import org.isthmus.core.plugin.Owner;
import org.isthmus.core.plugin.PluginBook;
import org.isthmus.core.plugin.PluginThreads;
import org.isthmus.core.users.LocalUsers;
import org.isthmus.handover.Departure;
import org.isthmus.handover.Handover;
import org.isthmus.handover.Parcel;
import org.isthmus.handover.fields.UnreadableException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine as a component: starts it, offers the admin service, and follows the plugins as they come and go. Data planes, judges and
 * lenders are asked in the order of their service.ranking, the highest first.
 */
@Component(service = {}, immediate = true)
public final class EngineComponent {
    private static final Logger LOG = LoggerFactory.getLogger(EngineComponent.class);
    private static final int EVENTS = 65_536;
    private static final long GOODBYE_MILLIS = 3_000;
    private static final Duration LAST_EVENTS = Duration.ofSeconds(2);

    private final Machine machine;
    private final EventDispatcher events = new EventDispatcher(EVENTS);
    private final PluginBook book = new PluginBook(() -> System.nanoTime() / 1_000_000);
    private final PluginThreads pluginThreads = new PluginThreads(book);
    private final Plugins plugins = new Plugins(book, pluginThreads);
    private final Handover handover;
    private final BundleContext context;
    private final Engine engine;
    private final Admin admin;
    /** What the version before this one has left, or the process before this one, and what it says; only until this one goes on with it. */
    private Optional<Parcel> left;
    private Optional<EngineCheckpoint> before = Optional.empty();
    private final boolean ofProcess;
    private ServiceRegistration<L2tpAdmin> registration;
    private final Ranked<Dataplane> dataplanes;
    private final Ranked<Authenticator> authenticators = new Ranked<>("authenticator", Authenticator::name, CallRecord.LIMIT,
            plugins::authenticators);
    private final Ranked<AddressPool> pools = new Ranked<>("address pool", pool -> "", CallRecord.LIMIT, plugins::pools);
    private final Ranked<PppProvider> pppProviders;
    private final Ranked<Quirk> quirks;

    @Activate
    public EngineComponent(BundleContext context, @Reference LocalUsers users, @Reference Handover handover,
            @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.handover = handover;
        String data = context.getProperty("karaf.data");
        machine = new Machine(Path.of(data == null ? "data" : data));
        engine = new Engine(machine, plugins, users, events);
        dataplanes = new Ranked<>("data plane", Dataplane::name, CallRecord.WORKER_LIMIT, engine::dataplanes);
        pppProviders = new Ranked<>("PPP provider", PppProvider::name, CallRecord.WORKER_LIMIT,
                engine.pppProviders()::providers);
        quirks = new Ranked<>("quirk", Quirk::name, CallRecord.WORKER_LIMIT, engine.quirks()::are);
        handover.claim(TunnelIds.KEY).ifPresent(parcel -> engine.letRest(TunnelIds.unpack(parcel)));
        events.start();
        admin = new Admin(engine, users, context.getBundle().getVersion().toString());
        pluginThreads.eachSecond(new Unplugged(context, components, book)::look);
        Optional<Parcel> newer = handover.claim(Leaving.KEY);
        ofProcess = newer.isEmpty();
        left = newer.or(() -> machine.remains(handover).map(gone -> Leaving.pack(gone.checkpoint(), gone.descriptors())));
        left.ifPresent(parcel -> orLeave(() -> {
            before = Optional.of(Leaving.unpack(parcel));
            admin.prepare(before.get());
        }));
    }

    /** The plugins that there are have come. */
    @Activate
    void activate() {
        left.ifPresent(parcel -> orLeave(() -> goOn(before.orElseThrow(), parcel)));
        left = Optional.empty();
        before = Optional.empty();
        registration = context.registerService(L2tpAdmin.class, admin, null);
        machine.sayReady();
    }

    private void goOn(EngineCheckpoint checkpoint, Parcel parcel) {
        admin.resume(checkpoint, parcel.descriptors());
        handover.claim(Leaving.REWOUND).ifPresent(marker -> admin.rewind(Leaving.of(marker)));
        LOG.info("{} and {} of {}, with {} and {}", Words.count(checkpoint.tunnels(), "tunnel"),
                Words.count(checkpoint.sessions(), "session"), ofProcess
                ? "a process that is gone go on " + ManagementFactory.getRuntimeMXBean().getUptime() + " ms after this one was started"
                : "version " + checkpoint.version() + " go on " + Duration.between(checkpoint.left(), Instant.now()).toMillis()
                + " ms after it left",
                Words.count(parcel.state().length, "byte"), Words.count(parcel.descriptors().size(), "descriptor"));
    }

    private interface Step {
        void run() throws UnreadableException;
    }

    /** What this version cannot go on with stays for another one. */
    private void orLeave(Step step) {
        try {
            step.run();
        } catch (UnreadableException | RuntimeException | Error unfit) {
            if (ofProcess) {
                startAgainWithout(unfit);
            }
            left.ifPresent(parcel -> handover.park(Leaving.KEY, parcel));
            events.stop(Duration.ZERO);
            pluginThreads.close();
            machine.close();
            LOG.error("this version cannot go on with the tunnels of the one before it: {}. They stay as they are; update the bundle"
                    + " core to another version soon, the one before or a newer one: peers give up after their retries",
                    unfit.getMessage(), unfit);
            throw new IllegalStateException("the tunnels of the version before cannot be taken over", unfit);
        }
    }

    /** Another process begins with nothing: this one may have half of it. */
    private void startAgainWithout(Throwable unfit) {
        LOG.error("this version cannot go on with what the process before this one left of its tunnels: {}. They are lost; the appliance starts"
                + " again without", unfit.getMessage(), unfit);
        machine.forgetRemains();
        Runtime.getRuntime().halt(Machine.START_AGAIN);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        if (Departure.of(context) == Departure.REPLACED && engine.isStarted()) {
            leave();
        } else {
            sayGoodbye();
        }
        events.stop(LAST_EVENTS);
        pluginThreads.close();
        machine.close();
    }

    /** Nobody is told: the next version goes on. */
    private void leave() {
        try {
            handover.park(Leaving.KEY, Leaving.pack(admin));
        } catch (RuntimeException | Error stuck) {
            LOG.error("the tunnels cannot be left to the next version: {}. Their peers find out by their own timers", stuck.getMessage(),
                    stuck);
        }
    }

    private void sayGoodbye() {
        try {
            engine.shutDown().toCompletableFuture().get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            LOG.warn("not every peer acknowledged within {} ms that we go", GOODBYE_MILLIS);
        } catch (ExecutionException failed) {
            LOG.error("the engine did not take leave of its peers", failed);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        handover.park(TunnelIds.KEY, TunnelIds.pack(engine.directory().tunnelIds()));
        engine.stop();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDataplane(ServiceReference<Dataplane> reference, Dataplane dataplane) {
        dataplanes.add(reference, dataplane);
    }

    void unbindDataplane(ServiceReference<Dataplane> reference) {
        dataplanes.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAuthenticator(ServiceReference<Authenticator> reference, Authenticator authenticator) {
        authenticators.add(reference, authenticator);
    }

    void unbindAuthenticator(ServiceReference<Authenticator> reference) {
        authenticators.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPool(ServiceReference<AddressPool> reference, AddressPool pool) {
        pools.add(reference, pool);
    }

    void unbindPool(ServiceReference<AddressPool> reference) {
        pools.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPppProvider(ServiceReference<PppProvider> reference, PppProvider provider) {
        pppProviders.add(reference, provider);
    }

    void unbindPppProvider(ServiceReference<PppProvider> reference) {
        pppProviders.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindQuirk(ServiceReference<Quirk> reference, Quirk quirk) {
        quirks.add(reference, quirk);
    }

    void unbindQuirk(ServiceReference<Quirk> reference) {
        quirks.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindListener(ServiceReference<L2tpListener> reference, L2tpListener listener) {
        book.add(listener, "listener", "", owner(reference), CallRecord.LIMIT);
        events.add(listener, book.of(listener));
    }

    void unbindListener(L2tpListener listener) {
        events.remove(listener);
        book.remove(listener);
    }

    private static Owner owner(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        return bundle == null ? Owner.NOBODY : new Owner(String.valueOf(bundle.getSymbolicName()), bundle.getVersion().toString());
    }

    /** Services by their ranking, the highest first. The engine is told of one change before the next is made. */
    private final class Ranked<T> {
        private final Map<ServiceReference<T>, T> services = new TreeMap<>(Comparator.reverseOrder());
        private final String kind;
        private final Function<T, String> name;
        private final Duration limit;
        private final Consumer<List<T>> changed;

        Ranked(String kind, Function<T, String> name, Duration limit, Consumer<List<T>> changed) {
            this.kind = kind;
            this.name = name;
            this.limit = limit;
            this.changed = changed;
        }

        synchronized void add(ServiceReference<T> reference, T service) {
            book.add(service, kind, nameOf(service), owner(reference), limit);
            services.put(reference, service);
            changed.accept(List.copyOf(services.values()));
        }

        private String nameOf(T service) {
            try {
                return name.apply(service);
            } catch (RuntimeException broken) {
                LOG.error("a {} cannot say its name: {}", kind, broken.toString(), broken);
                return "";
            }
        }

        synchronized void remove(ServiceReference<T> reference) {
            T gone = services.remove(reference);
            changed.accept(List.copyOf(services.values()));
            if (gone != null) {
                pluginThreads.forget(gone);
                book.remove(gone);
            }
        }
    }
}
