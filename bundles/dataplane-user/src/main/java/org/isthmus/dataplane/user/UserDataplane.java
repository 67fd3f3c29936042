package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.handover.Departure;
import org.isthmus.handover.Handover;
import org.isthmus.linux.DescriptorStore;
import org.isthmus.linux.LinuxException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The data plane {@code user}: the service itself. */
@Component(service = Dataplane.class, immediate = true, // else it would be taken down when the engine, its only user, is replaced
        property = "name=user")
public final class UserDataplane implements Dataplane {

    /** Room for a PPP frame, also one that is passed on. */
    private static final int SCRATCH_BYTES = FrameSender.HEADROOM + 16_384;

    private final AtomicLong reorderBudget = ReorderPlaces.budget();
    /** Where interfaces are left if another version follows; asked when this one goes. */
    private final Supplier<Optional<Handover>> next;
    private final Optional<DescriptorStore> store;
    private final SystemReaders readers;
    private final SystemNetwork system;
    private final ParkedTunnels parked;
    /** Holds plain buffers of a few workers: nothing of this bundle stays in a thread once the bundle is gone. */
    private final ThreadLocal<ByteBuffer> scratch = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(SCRATCH_BYTES));

    /**
     * Starts the threads; interfaces are made when the first network comes up, in the network namespace of the calling thread.
     *
     * @throws LinuxException if the process has no descriptors or memory left
     */
    @Activate
    public UserDataplane(BundleContext context, @Reference Handover handover) throws LinuxException {
        this(() -> Departure.of(context) == Departure.REPLACED ? Optional.of(handover) : Optional.empty(),
                handover, DescriptorStore.ofThisProcess());
    }

    private UserDataplane(Supplier<Optional<Handover>> next, Handover handover, Optional<DescriptorStore> store) throws LinuxException {
        this(next, KeptInterfaces.claim(handover, store), store);
    }

    /** One that leaves nothing, and has nothing of before. */
    UserDataplane() throws LinuxException {
        this(Optional::empty, new KeptInterfaces(Optional.empty()), Optional.empty());
    }

    private UserDataplane(Supplier<Optional<Handover>> next, KeptInterfaces before, Optional<DescriptorStore> store)
            throws LinuxException {
        this.next = next;
        this.store = store;
        readers = SystemReaders.forThisMachine();
        system = new SystemNetwork(readers, before);
        parked = new ParkedTunnels(system);
    }

    @Override
    public String name() {
        return "user";
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.complementOf(EnumSet.of(Ability.SOCKET_PER_TUNNEL, Ability.MULTILINK, Ability.INTERFACE_PER_SESSION));
    }

    @Override
    public void configure(DataplaneSettings settings) {
        system.configure(settings);
    }

    @Override
    public CompletionStage<TunnelPath> openTunnel(TunnelSpec spec, TunnelPort port) {
        if (spec.version() != 2 && spec.version() != 3) {
            return CompletableFuture.failedFuture(new DataplaneException("tunnel " + spec.name()
                    + ": the data plane 'user' carries L2TPv2 and L2TPv3, not L2TPv" + spec.version()));
        }
        Optional<UserTunnel> waiting = parked.take(spec);
        waiting.ifPresent(tunnel -> tunnel.resume(port));
        return CompletableFuture.completedFuture(
                waiting.orElseGet(() -> new UserTunnel(spec, port, system, scratch::get, reorderBudget, parked)));
    }

    /**
     * Leaves all interfaces to the next version, or takes them with their addresses and routes out of the system. The engine's
     * workers may still call the paths that they hold: those do nothing then.
     */
    @Deactivate
    public void deactivate() {
        parked.abandon(); // a reader of an interface that waits for an engine would be waited for
        next.get().ifPresentOrElse(handover -> handover.park(KeptInterfaces.KEY, system.leave()), system::close);
        readers.close();
        store.ifPresent(DescriptorStore::close);
    }
}
