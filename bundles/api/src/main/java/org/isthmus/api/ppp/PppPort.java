package org.isthmus.api.ppp;

import org.isthmus.api.PppLinkStatus;
import org.osgi.annotation.versioning.ProviderType;

/** What a provider tells the engine of one session. Any thread may call; nothing waits. */
@ProviderType
public interface PppPort {

    /** PPP has come to another phase, or knows more of the other end; packets do not pass because of this. */
    void changed(PppLinkStatus link);

    /**
     * Packets pass. Told again when an address comes or goes.
     *
     * @param interfaceName the interface that they use
     */
    void up(PppLinkStatus link, String interfaceName);

    /** It is over; nothing is told after this. The engine ends the call. */
    void ended(PppEnd why);
}
