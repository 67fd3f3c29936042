package org.isthmus.api.dataplane;

import java.nio.ByteBuffer;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a session's path tells the engine. Called only from within {@link TunnelPath#receive} and {@link TunnelPath#timeout}, on
 * their thread.
 */
@ProviderType
public interface SessionPort {

    /**
     * A PPP frame that is not a network packet for an open network protocol: begins with the PPP protocol field,
     * which may be compressed to one byte; FF 03 was taken away.
     */
    void pppFrame(ByteBuffer frame);

    /** The peer, as LNS, started or stopped sending sequence numbers; a LAC's path has followed it. */
    void sequencingChanged(boolean sequenced);
}
