package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.NetworkSpec;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A system that never gets a network ready. */
class NoNetwork implements NetworkSetup {

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
    public CompletionStage<Void> up(PppSession session, NetworkSpec network, int epoch) {
        return new CompletableFuture<>();
    }

    @Override
    public void down(PppSession session) {
    }

    @Override
    public CompletionStage<Void> open(EthernetSession session) {
        return new CompletableFuture<>();
    }

    @Override
    public void mtu(EthernetSession session, int mtu) {
    }

    @Override
    public void carrier(EthernetSession session, boolean present) {
    }

    @Override
    public void close(EthernetSession session) {
    }

    @Override
    public void later(Runnable what, long millis) {
    }

    @Override
    public void tunnelOpened() {
    }

    @Override
    public void tunnelClosed() {
    }
}
