package org.isthmus.protocol.tunnel;

import java.util.Optional;
import org.isthmus.protocol.wire.FailoverCapability;
import org.isthmus.protocol.wire.ProtocolVersion;

/**
 * What the peer said about itself in its SCCRQ or SCCRP.
 *
 * @param hostName             its Host Name
 * @param vendorName           its Vendor Name, empty when it sent none
 * @param firmwareRevision     its Firmware Revision, 0 when it sent none
 * @param protocolVersion      version in the high octet, revision in the low; 0x0100 is the only one defined
 * @param assignedTunnelId     the identifier it wants to see in what we send, unsigned, never 0
 * @param receiveWindowSize    control messages it takes without acknowledging; 4 when it did not say
 * @param framingCapabilities  bit 0 synchronous, bit 1 asynchronous
 * @param bearerCapabilities   bit 0 digital, bit 1 analog; 0 when it sent none
 * @param challenged           true when it asked us to authenticate
 * @param failover             what it can get back after a failure (RFC 4951); empty when it did not say
 * @param v3                   what only version 3 tells; empty when the tunnel is one of version 2
 */
public record PeerFacts(String hostName, String vendorName, int firmwareRevision, int protocolVersion,
        int assignedTunnelId, int receiveWindowSize, int framingCapabilities, int bearerCapabilities,
        boolean challenged, Optional<FailoverCapability> failover, Optional<V3Facts> v3) {

    /** A peer of version 2 that does not know failover. */
    public PeerFacts(String hostName, String vendorName, int firmwareRevision, int protocolVersion,
            int assignedTunnelId, int receiveWindowSize, int framingCapabilities, int bearerCapabilities,
            boolean challenged) {
        this(hostName, vendorName, firmwareRevision, protocolVersion, assignedTunnelId, receiveWindowSize,
                framingCapabilities, bearerCapabilities, challenged, Optional.empty(), Optional.empty());
    }

    /** The version that the tunnel came up with. */
    public ProtocolVersion version() {
        return v3.isPresent() ? ProtocolVersion.V3 : ProtocolVersion.V2;
    }
}
