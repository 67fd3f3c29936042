package org.isthmus.api.dataplane;

import java.util.Optional;
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

    /** What it can do, the same as long as it is registered. */
    Set<Ability> abilities();

    /**
     * Why it can carry nothing on this machine, in words that say what to do about it; empty when it can. Asked when the data plane comes
     * and when the configuration changes; must not block.
     */
    default Optional<String> objection() {
        return Optional.empty();
    }

    /** Says what the system block wants of a data plane; called before the first tunnel and when it changes. */
    void configure(DataplaneSettings settings);

    /**
     * Opens the data path of a tunnel, or goes on with the one of the same identifiers that was {@link TunnelPath#park parked}.
     *
     * @param port how packets reach the peer; valid until the path is closed
     * @return completes with the path, ready for use, or exceptionally with {@link DataplaneException}
     */
    CompletionStage<TunnelPath> openTunnel(TunnelSpec spec, TunnelPort port);

    /** What a data plane can do. */
    enum Ability {
        /** Tunnels of L2TPv2. */
        L2TPV2,
        /** Tunnels of L2TPv3. */
        L2TPV3,
        /** Tunnels over UDP. */
        UDP,
        /** Tunnels over IP protocol 115. */
        IP,
        /** Sessions that carry PPP. */
        PPP,
        /** Sessions that carry Ethernet. */
        ETHERNET,
        /** Sessions that carry a VLAN. */
        VLAN,
        /** {@link SessionPath#passTo}. */
        PASSING,
        /** {@link SessionPath#joinBundle}. */
        MULTILINK,
        /** {@link SessionPath#encrypt} with keys of 128 bits, and with shorter ones that are the beginning of those, but not with 56 bits. */
        MPPE,
        /** {@link SessionPath#encrypt} with keys of all lengths, wherever they come from. */
        MPPE_ALL_KEYS,
        /**
         * Needs a socket of its own for every tunnel: bound to our address, connected to the peer, and with nothing else done to it. What
         * the data plane leaves unread of it, control messages for one, the engine reads.
         */
        SOCKET_PER_TUNNEL,
        /** Gives every PPP session an interface of its own, whatever {@link DataplaneSettings#interfaceMode} says. */
        INTERFACE_PER_SESSION
    }
}
