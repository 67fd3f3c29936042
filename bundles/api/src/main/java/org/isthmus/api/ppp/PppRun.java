package org.isthmus.api.ppp;

import org.osgi.annotation.versioning.ConsumerType;

/** The PPP of one session, in a provider's hands. Called by the session's worker only; nothing waits. */
@ConsumerType
public interface PppRun {

    /** Ends PPP in order: the peer hears of it, then {@link PppPort#ended} follows. */
    void close(String why);

    /** The call is gone: no frame passes any more. Nothing is told after this. */
    void abandon();

    /** The largest packet from now on, in bytes: the tunnel's path has been measured. */
    void mtu(int mtu);
}
