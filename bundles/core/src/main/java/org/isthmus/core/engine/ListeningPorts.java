package org.isthmus.core.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.Encapsulation;
import org.isthmus.core.net.Port;
import org.isthmus.core.net.PortOptions;

/** The ports at which a worker hears peers, beside those of the other workers. On the worker's thread. */
final class ListeningPorts {
    private final Worker worker;
    private final List<Port> all = new ArrayList<>();

    ListeningPorts(Worker worker) {
        this.worker = worker;
    }

    /** Opens a port for peers. */
    Port open(InetSocketAddress address) throws IOException {
        return opened(worker.network().open(address, PortOptions.SHARED));
    }

    /** Hears IP protocol 115. */
    Port openIp(InetAddress any) throws IOException {
        return opened(worker.network().openIp(any));
    }

    private Port opened(Port port) {
        all.add(port);
        worker.journal().portsTouched();
        return port;
    }

    /** One that another object had. */
    void resume(Port port) {
        all.add(port);
    }

    /** Leaves them open, for another object. */
    void leave() {
        all.clear();
    }

    /** Closes them. Tunnels that use them can no longer be reached. */
    void close() {
        all.forEach(Port::close);
        all.clear();
    }

    boolean has(Port port) {
        return all.contains(port);
    }

    /** The port for peers with this address, or with the wildcard of its family. */
    Optional<Port> find(Encapsulation encapsulation, InetSocketAddress wanted) {
        return all.stream().filter(port -> port.encapsulation() == encapsulation && port.local().equals(wanted)).findFirst();
    }

    List<Port> all() {
        return all;
    }
}
