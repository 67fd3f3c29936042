package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.DataplaneSettings;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.TunnelPort;
import org.isthmus.api.dataplane.TunnelSpec;
import org.isthmus.linux.LinuxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** The data plane {@code user}: the service itself. */
@Component(service = Dataplane.class, property = "name=user")
public final class UserDataplane implements Dataplane {

    /** Room for a PPP frame, also one that is passed on. */
    private static final int SCRATCH_BYTES = FrameSender.HEADROOM + 16_384;

    private final AtomicLong reorderBudget = ReorderPlaces.budget();
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
    public UserDataplane() throws LinuxException {
        readers = SystemReaders.forThisMachine();
        system = new SystemNetwork(readers);
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
     * Takes all interfaces, addresses and routes out of the system. The engine's workers may still call the paths that they hold: those do
     * nothing then.
     */
    @Deactivate
    public void deactivate() {
        system.close();
        readers.close();
    }
}
