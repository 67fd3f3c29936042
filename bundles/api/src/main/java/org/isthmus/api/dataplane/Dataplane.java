package org.isthmus.api.dataplane;

import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Carries the data packets of tunnels and sessions. Registered as a service. The engine opens a path for each tunnel
 * and in it one for each session, before the first data packet can pass.
 * Calls come from the engine's workers, one worker at a time for a tunnel and all of its sessions; different tunnels
 * may be served at the same time by different threads. A call must not block.
 */
@ConsumerType
public interface Dataplane {

    /** Its name in configuration, messages and commands: {@code user}, {@code kernel}. */
    String name();

    Set<Ability> abilities();

    /** Says what the system block wants of a data plane; called before the first tunnel and when it changes. */
    void configure(DataplaneSettings settings);

    /**
     * Opens the data path of a tunnel.
     *
     * @param port how packets reach the peer; valid until the path is closed
     * @return completes with the path, ready for use, or exceptionally with {@link DataplaneException}
     */
    CompletionStage<TunnelPath> openTunnel(TunnelSpec spec, TunnelPort port);

    /** What a data plane can do. */
    enum Ability {
        /** Carries PPP's network packets for the system itself, without an interface of the kernel's own PPP. */
        PPP,
        /** Needs a connected UDP socket of its own for every tunnel. */
        SOCKET_PER_TUNNEL
    }
}
