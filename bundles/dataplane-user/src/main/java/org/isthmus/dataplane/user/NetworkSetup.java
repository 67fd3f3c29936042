package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.NetworkSpec;

import java.util.concurrent.CompletionStage;

/** Who brings the network of a session into the system and takes it away. Called by workers; never blocks. */
interface NetworkSetup {

    /**
     * Brings the network of a session up, or changes it, and lets its packets pass by {@link UserSession#opened}.
     *
     * @param epoch the session's count of network endings, for {@link OpenNetwork}
     */
    CompletionStage<Void> up(UserSession session, NetworkSpec network, int epoch);

    /** Takes away what {@link #up} brought; packets have stopped already. */
    void down(UserSession session);

    /** A tunnel is there whose sessions may want a network. */
    void tunnelOpened();

    /** A tunnel is gone, its sessions before it. */
    void tunnelClosed();
}
