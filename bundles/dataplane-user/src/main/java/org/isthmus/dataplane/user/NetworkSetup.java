package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.NetworkSpec;

import java.util.concurrent.CompletionStage;

/** Who brings the network and the interface of a session into the system and takes it away. Called by workers; never blocks. */
interface NetworkSetup {

    /**
     * Brings the network of a session up, or changes it, and lets its packets pass by {@link PppSession#opened}.
     *
     * @param epoch the session's count of network endings, for {@link OpenNetwork}
     */
    CompletionStage<Void> up(PppSession session, NetworkSpec network, int epoch);

    /** Takes away what {@link #up} brought; packets have stopped already. */
    void down(PppSession session);

    /** Makes the interface of a session, and lets its frames pass by {@link EthernetSession#opened}. */
    CompletionStage<Void> open(EthernetSession session);

    /** Changes the longest packet that the interface of a session takes. */
    void mtu(EthernetSession session, int mtu);

    /** Has the interface of a session lose its carrier, or get it back. */
    void carrier(EthernetSession session, boolean present);

    /** Takes away what {@link #open} made. */
    void close(EthernetSession session);

    /** Does something after a while; not if the data plane is stopped by then. */
    void later(Runnable what, long millis);

    /** A tunnel is there whose sessions may want a network. */
    void tunnelOpened();

    /** A tunnel is gone, its sessions before it. */
    void tunnelClosed();
}
