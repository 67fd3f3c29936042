package org.isthmus.api.ppp;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Runs PPP for sessions whose {@code ppp_provider} names it, in place of the engine's own. Registered as a service; of several
 * with one name the one with the highest ranking gets new sessions. Its frames do not pass through the engine: they go through the
 * socket that the session's data path has for it. Calls come from the engine's workers and must not block; those for one session
 * come from one thread.
 */
@ConsumerType
public interface PppProvider {

    /** Its name in the configuration, messages and commands, such as {@code pppd}. */
    String name();

    /** Says what holds for all of its sessions; called before the first one and when it changes. */
    void configure(PppProviderSettings settings);

    /**
     * Runs PPP on a session, now or when its turn has come.
     *
     * @param port what becomes of it is told here, from any thread
     * @return how the engine ends it, before or after it has begun
     */
    PppRun open(PppSpec spec, PppPort port);
}
