package org.isthmus.core.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BiConsumer;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;

/**
 * Where the peer of a tunnel of ours is: its name is looked up by others, and where the tunnel was opened to is kept. On
 * the worker's thread.
 */
final class PeerAddress {
    private static final int L2TP_PORT = 1701;

    private final Worker worker;
    private Optional<InetAddress> known = Optional.empty();
    /** Which look-up is the one that counts. */
    private int attempts;
    private boolean lookingUp;

    PeerAddress(Worker worker) {
        this.worker = worker;
    }

    /** Answers later with the address, or why there is none; not if it was asked again meanwhile. */
    void lookUp(String host, BiConsumer<InetAddress, Throwable> answered) {
        int attempt = ++attempts;
        lookingUp = true;
        worker.whenDone(worker.engine().resolve(host), (address, failure) -> {
            if (attempt == attempts) {
                lookingUp = false;
                answered.accept(address, failure);
            }
        });
    }

    boolean isLookingUp() {
        return lookingUp;
    }

    /** The tunnel is opened to here. */
    void is(InetAddress address) {
        known = Optional.of(address);
    }

    /** Where another object knew it to be. */
    void resume(Optional<InetAddress> before) {
        known = before;
    }

    /** Where the tunnel was last opened to. */
    Optional<InetAddress> known() {
        return known;
    }

    /** Where it is, or was when the tunnel was last opened. */
    InetSocketAddress shown(Settings tunnel) {
        int port = port(tunnel);
        return known.map(address -> new InetSocketAddress(address, port))
                .orElseGet(() -> InetSocketAddress.createUnresolved(tunnel.get(TunnelParameters.PEER).host(), port));
    }

    /** The peer's port: the one that is set, L2TP's, or over IP none. */
    static int port(Settings tunnel) {
        int port = tunnel.get(TunnelParameters.PEER).port();
        return tunnel.get(TunnelParameters.ENCAP) == Encapsulation.IP ? 0 : port == 0 ? L2TP_PORT : port;
    }
}
