package org.isthmus.core.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A packet of ours was too big for its way and could not be fragmented.
 *
 * @param to       where it went; port 0 if only the address is known, and over IP
 * @param bytes    the largest packet that gets through, IP header included
 * @param fromHere this host says so, whom we can trust; else somebody did by ICMP, which anybody can forge
 * @param quoted   the first bytes of what followed the packet's UDP header, or over IP its IP header; may be empty
 */
public record TooBig(InetSocketAddress to, int bytes, boolean fromHere, ByteBuffer quoted) {
}
