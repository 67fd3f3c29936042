package org.isthmus.protocol.tunnel;

import org.isthmus.protocol.channel.ReliableChannel;

/**
 * The reliable control channel at one moment.
 *
 * @param ns               sequence number of the next new message
 * @param nr               sequence number expected from the peer next
 * @param peerNr           what the peer expects next: all before is acknowledged
 * @param peerWindow       messages that may be in flight, the lower of the peer's window and our cap
 * @param congestionWindow messages that slow start and congestion avoidance allow now
 * @param slowStartThreshold where slow start ends
 * @param queued           messages not acknowledged yet, sent or waiting
 */
public record ChannelStatus(int ns, int nr, int peerNr, int peerWindow, int congestionWindow,
        int slowStartThreshold, int queued) {

    static ChannelStatus of(ReliableChannel<?> channel) {
        return new ChannelStatus(channel.ns(), channel.nr(), channel.acknowledged(), channel.window().peer(),
                channel.window().congestion(), channel.window().threshold(), channel.queued());
    }
}
