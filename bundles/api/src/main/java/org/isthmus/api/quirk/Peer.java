package org.isthmus.api.quirk;

import java.net.InetSocketAddress;

/**
 * The other end of a tunnel, as far as it is known. What it says of itself is empty until it has said it, and made safe to show.
 *
 * @param address          where it is; port 0 without UDP
 * @param hostName         its Host Name
 * @param vendorName       its Vendor Name
 * @param firmwareRevision its Firmware Revision, 0 if it said none
 */
public record Peer(InetSocketAddress address, String hostName, String vendorName, int firmwareRevision) {
}
