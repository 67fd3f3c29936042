package org.isthmus.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told what happens. Registered as a service. Called from one thread of the engine that is not a worker, in the
 * order in which things happened to each tunnel and session; a listener that is slow holds up others, not tunnels.
 */
@ConsumerType
public interface L2tpListener {
    void happened(L2tpEvent event);
}
