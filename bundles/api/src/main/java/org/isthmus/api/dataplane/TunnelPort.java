package org.isthmus.api.dataplane;

import java.nio.ByteBuffer;

import org.osgi.annotation.versioning.ProviderType;

/** A tunnel's way to its peer, given by the engine to a data plane. Any thread may use it; nothing is allocated. */
@ProviderType
public interface TunnelPort {

    /**
     * Sends a packet to the peer: L2TP header and payload, from position to limit. Returns when the kernel has taken
     * it; the buffer is then free again.
     *
     * @param packet a direct buffer; its position and limit are left as they are
     * @param dscp   what stands in its IP header, {@link SessionSpec#dscp}
     * @return 0, or the negative errno with which the kernel refused it
     */
    int send(ByteBuffer packet, int dscp);
}
