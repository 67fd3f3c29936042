package org.isthmus.dataplane.kernel;

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

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The data plane {@code kernel}: the service itself. Where both work it comes before the data plane {@code user}. */
@Component(service = Dataplane.class, immediate = true, // else it would be taken down when the engine, its only user, is replaced
        property = {"name=kernel", "service.ranking:Integer=10"})
public final class KernelDataplane implements Dataplane {

    private static final Set<Ability> ABILITIES = EnumSet.complementOf(EnumSet.of(Ability.MPPE_ALL_KEYS));

    private final LeftBehind left;
    /** Where to leave what the next version needs, if one follows. */
    private final Supplier<Optional<Handover>> next;
    private Kernel kernel;
    private Optional<KernelSystem> system = Optional.empty();

    /**
     * Looks what the kernel can do, in the network namespace of the calling thread.
     *
     * @throws LinuxException if the process has no descriptors or memory left
     */
    @Activate
    public KernelDataplane(BundleContext context, @Reference Handover handover) throws LinuxException {
        next = () -> Departure.of(context) == Departure.REPLACED ? Optional.of(handover) : Optional.empty();
        left = LeftBehind.claim(handover, DescriptorStore.ofThisProcess());
        probe();
    }

    private void probe() throws LinuxException {
        kernel = Kernel.probe();
        if (kernel.l2tp().isPresent()) {
            system = Optional.of(new KernelSystem(kernel.l2tp().get(), kernel.pppLack(), left));
        }
    }

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public Set<Ability> abilities() {
        return ABILITIES;
    }

    @Override
    public synchronized Optional<String> objection() {
        return kernel.objection();
    }

    /** Interfaces are always the sessions' own. A kernel that had no L2TP may have it by now. */
    @Override
    public synchronized void configure(DataplaneSettings settings) {
        if (system.isEmpty()) {
            try {
                probe();
            } catch (LinuxException refused) {
                throw new IllegalStateException(refused.getMessage(), refused);
            }
        }
    }

    @Override
    public synchronized CompletionStage<TunnelPath> openTunnel(TunnelSpec spec, TunnelPort port) {
        return system.isPresent() ? L2tpTunnel.open(system.get(), spec) : CompletableFuture.failedFuture(
                new DataplaneException("tunnel " + spec.name() + ": " + kernel.objection().orElse("the data plane 'kernel' is stopped")));
    }

    /**
     * Takes everything out of the kernel, but for what the next version goes on with: tunnels whose engine is replaced too. The engine's
     * workers may still call the paths that they hold: those do nothing then.
     */
    @Deactivate
    public synchronized void deactivate() {
        Optional<Handover> successor = next.get();
        if (successor.isEmpty()) {
            system.map(KernelSystem::parked).ifPresent(ParkedTunnels::closeAll); // their sockets are open still
        }
        system.ifPresent(kernelSystem -> kernelSystem.close(successor));
        system = Optional.empty();
        left.close();
    }
}
