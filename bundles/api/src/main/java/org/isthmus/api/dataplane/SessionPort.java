package org.isthmus.api.dataplane;

import java.nio.ByteBuffer;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a session's path tells the engine. Called only on the tunnel's worker: from within {@link TunnelPath#receive},
 * {@link TunnelPath#timeout} or a task given to {@link #execute}, which alone may be called by any thread.
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

    /**
     * Packets of the peer cannot be decrypted: it has to be asked to begin anew. May be told with every such packet. The frame that
     * answers the peer's own such wish (CCP Reset-Ack) passes through {@link SessionPath#sendPpp}, where the path sees it and begins anew.
     *
     * @param passed whether packets could be decrypted since the last time, or that is not known: to begin anew helps
     */
    default void decryptionFailed(boolean passed) {
    }

    /** There is no path, or no longer, though the engine has not closed it: the call ends. */
    void lost(String why);

    /** Runs something on the tunnel's worker, soon: what a data plane heard on a thread of its own. Any thread. */
    void execute(Runnable task);

    /**
     * Whether the system's side of the session can carry traffic: not while its interface is switched off, or what is behind it.
     * Told once the path is open and with each change; until then it can.
     */
    void circuitChanged(boolean up);
}
