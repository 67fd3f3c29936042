package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.NetworkSpec;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A system that never gets a network ready. */
final class NoNetwork implements NetworkSetup {

    static final NetworkSpec SPEC;

    static {
        try {
            SPEC = new NetworkSpec(Optional.of(InetAddress.getByName("10.0.0.1")), Optional.of(InetAddress.getByName("10.0.0.2")),
                    Optional.empty(), Optional.empty(), 1400, List.of(), false);
        } catch (UnknownHostException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public CompletionStage<Void> up(UserSession session, NetworkSpec network, int epoch) {
        return new CompletableFuture<>();
    }

    @Override
    public void down(UserSession session) {
    }

    @Override
    public void tunnelOpened() {
    }

    @Override
    public void tunnelClosed() {
    }
}
